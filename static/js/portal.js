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
let leftFacet;
const isSubmitted = ({ triggeringEvent }) => triggeringEvent?.type === "submit";

// What fields say, without those that say nothing and what is said twice.
function tidy(data) {
  for (const name of new Set(data.keys())) {
    const values = data.getAll(name).filter((value) => value !== "");
    data.delete(name);
    for (const value of new Set(values)) data.append(name, value);
  }
  return data;
}

const choices = (data) => String([...data].filter(([name]) => name !== "q").sort());

document.addEventListener("htmx:configRequest", ({ detail }) => tidy(detail.formData));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "liste") {
    // Another box was ticked meanwhile: its own answer comes next, this one would untick it.
    const now = tidy(new FormData(document.getElementById("filtres")));
    if (choices(detail.requestConfig.formData) !== choices(now)) detail.shouldSwap = false;
  }
  leftFacet = document.activeElement.closest("#choix details")?.firstElementChild.id;
  openFacets = [...document.querySelectorAll("#choix details[open] > summary")].map(({ id }) => id);
});
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id !== "choix") return;
  for (const id of openFacets) document.getElementById(id)?.parentElement.setAttribute("open", "");
});
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  // The same list again is no new step back.
  if (detail.history.path === location.pathname + location.search) detail.history.type = "replace";
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id !== "liste") return;
  const heading = document.getElementById("resultats");
  if (isSubmitted(detail.requestConfig)) {
    const panel = document.getElementById("filtres");
    if (panel.matches(":popover-open")) panel.hidePopover();
    heading.focus();
  } else if (leftFacet && document.activeElement === document.body) {
    // A box that finds nothing any more is gone, and the focus with it.
    (document.getElementById(leftFacet) ?? heading).focus();
  }
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

function choose(list) {
  if (list !== held) return;
  held = keyed = null;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

addEventListener("keydown", ({ key, target }) => {
  keyed = key === "Enter" ? null : target;
  if (!keyed) choose(target);
}, true);
addEventListener("pointerdown", () => { keyed = null; }, true);
addEventListener("change", (event) => {
  const list = event.target;
  if (list !== keyed || list.localName !== "select" || list.form?.id !== "filtres") return;
  held = list;
  event.stopPropagation();
}, true);
addEventListener("focusout", ({ target }) => choose(target));

// Whoever signs out leaves nothing of an unsaved text in this tab (autosave.js keeps it there).
addEventListener("submit", ({ target }) => {
  if (!(target.getAttribute("action") ?? "").includes("/deconnexion/")) return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("brouillon:")) sessionStorage.removeItem(key);
  }
});
