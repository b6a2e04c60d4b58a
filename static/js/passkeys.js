// Passkeys: the browser speaks with the key, and what the key answers goes into the form that holds the button.
// Without this script, or in a browser that has no passkeys, the button stays hidden and the other ways remain.
"use strict";

const PUBLIC_KEY = window.PublicKeyCredential;
const able = PUBLIC_KEY && PUBLIC_KEY.parseCreationOptionsFromJSON && PUBLIC_KEY.parseRequestOptionsFromJSON;

async function askedOf(part) {
  if (part.dataset.options) return JSON.parse(part.dataset.options).publicKey;
  const answer = await fetch(part.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

function create(options, alone) {
  const chosen = options.authenticatorSelection;
  chosen.residentKey = alone ? "required" : "discouraged";
  chosen.requireResidentKey = alone;
  if (alone) chosen.userVerification = "required";
  return navigator.credentials.create({ publicKey: PUBLIC_KEY.parseCreationOptionsFromJSON(options) });
}

async function answerOf(part, form) {
  const options = await askedOf(part);
  if (part.dataset.passkey === "create") return create(options, Boolean(form.elements.passwordless?.checked));
  return navigator.credentials.get({ publicKey: PUBLIC_KEY.parseRequestOptionsFromJSON(options) });
}

if (able) {
  for (const part of document.querySelectorAll("[data-passkey]")) {
    const form = part.closest("form");
    part.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const trouble = part.querySelector("[role=alert]");
      trouble.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await answerOf(part, form));
        form.submit();
      } catch {
        trouble.hidden = false;
      }
    });
  }
}
