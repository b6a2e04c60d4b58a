// The only script of every page. Loaded before the body so that a chosen theme never flashes.
// Everything works without it: the theme then follows the system.
"use strict";

const root = document.documentElement;

function applyTheme(choice) {
  if (choice === "light" || choice === "dark") root.dataset.frTheme = choice;
  else delete root.dataset.frTheme;
}

function storedTheme() {
  try {
    return localStorage.getItem("theme") || "system";
  } catch {
    return "system";
  }
}

applyTheme(storedTheme());

document.addEventListener("DOMContentLoaded", () => {
  const select = document.getElementById("theme");
  if (!select) return;
  select.value = storedTheme();
  select.closest("[hidden]").hidden = false;
  select.addEventListener("change", () => {
    applyTheme(select.value);
    try {
      localStorage.setItem("theme", select.value);
    } catch {
      // Storage refused: the choice holds for this page.
    }
  });
});

// On paper every folded part is open; afterwards the page is as it was.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    details.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-printed]")) {
    details.open = false;
    delete details.dataset.printed;
  }
});

// Lists, where htmx is there: it asks for the part that a filter changes; what follows keeps the
// address short, the folded parts as they were, and the reader where the answer is.
let openFacets = [];
const isSubmitted = ({ triggeringEvent }) => triggeringEvent?.type === "submit";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const said = detail.formData;
  for (const name of new Set(said.keys())) {
    const values = said.getAll(name).filter((value) => value !== "");
    said.delete(name);
    for (const value of new Set(values)) said.append(name, value);
  }
});
document.addEventListener("htmx:beforeSwap", () => {
  openFacets = [...document.querySelectorAll("#choix details[open] > summary")].map(({ id }) => id);
});
document.addEventListener("htmx:oobAfterSwap", ({ target }) => {
  if (target.id !== "choix") return;
  for (const id of openFacets) document.getElementById(id)?.parentElement.setAttribute("open", "");
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id !== "liste" || !isSubmitted(detail.requestConfig)) return;
  const panel = document.getElementById("filtres");
  if (panel.matches(":popover-open")) panel.hidePopover();
  document.getElementById("resultats").focus();
});

// A fault of the server, or no answer to the button: the browser goes there itself, and says what happened.
for (const fault of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(fault, ({ detail, type }) => {
    const told = type === "htmx:responseError" || isSubmitted(detail.requestConfig);
    if (told && detail.target.id === "liste") location.assign(detail.pathInfo.finalRequestPath);
  });
}

// A closed drop-down list changes at each arrow key, and what is passed over is not chosen: with
// the keyboard, a choice counts when the list is left, or at Enter.
let keyed = null;
let held = null;

addEventListener("keydown", ({ key, target }) => {
  keyed = key === "Enter" ? null : target;
  if (!keyed) held = null;
}, true);
addEventListener("pointerdown", () => { keyed = null; }, true);
addEventListener("change", (event) => {
  const list = event.target;
  if (list !== keyed || list.localName !== "select" || list.form?.id !== "filtres") return;
  held = list;
  event.stopPropagation();
}, true);
addEventListener("focusout", ({ target }) => {
  if (target !== held) return;
  held = keyed = null;
  target.dispatchEvent(new Event("change", { bubbles: true }));
});
