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
