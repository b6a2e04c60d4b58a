// Shows a question only under the answer that calls for it. Without this file every question is
// there, with a sentence that says when it is asked.
"use strict";

for (const block of document.querySelectorAll("[data-when]")) {
  const { form } = block.querySelector("input, select, textarea");
  const wanted = block.dataset.values.split("|");
  const turn = () => {
    block.hidden = !new FormData(form).getAll(block.dataset.when).some((value) => wanted.includes(value));
  };
  block.querySelector("[data-condition]")?.setAttribute("hidden", "");
  form.addEventListener("change", turn);
  form.addEventListener("restored", turn);
  turn();
}

// A link to a question that was hidden, or to a group of choices, leads to it all the same.
const aimed = location.hash && document.getElementById(location.hash.slice(1));
if (aimed) {
  aimed.closest("[data-when]")?.removeAttribute("hidden");
  const control = aimed.matches("fieldset") ? aimed.querySelector("input:checked, input") : aimed;
  control.focus();
}
