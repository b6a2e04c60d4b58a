// Saves a section by itself, a moment after the last key, and never loses a character: what is not
// saved yet stays in the page and in this tab's own memory (sessionStorage), which goes with the tab.
// Without this file the buttons do the same, one save at a time.
"use strict";

const form = document.getElementById("section");
const box = (id) => document.getElementById(id);
const QUIET = 1500; // milliseconds without a key
const PATIENCE = 20000;
const SLOWEST = 60000;
const BY_FETCH = 60000; // bytes that a page may still send while it closes
const OURS = ["csrfmiddlewaretoken", "then"];
const KEY = `brouillon:${form.dataset.user}:${location.pathname}`;

let saved = fields(); // what the server has, or was shown
let timer = 0;
let wait = 0;
let running = null;
let trouble = "";
let leaving = false;

function fields() {
  return [...new FormData(form)].filter(([name]) => !OURS.includes(name));
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const written = (rows) => rows.filter(([name]) => !["base", "base-secrets", "page"].includes(name));
const valuesOf = (rows, name) => rows.filter(([key]) => key === name).map(([, value]) => value);
const isDirty = () => !same(written(fields()), written(saved));

function remember() {
  try {
    if (isDirty()) sessionStorage.setItem(KEY, JSON.stringify(fields()));
    else sessionStorage.removeItem(KEY);
  } catch {
    // No memory for this page: the text is still in it, and leaving it asks first.
  }
}

function say(words) {
  box("annonce").textContent = words;
}

// A trouble is told once, aloud, and stays in sight until it is over. The focus goes there only
// where nobody is typing.
function tell(kind, words, link) {
  if (trouble === kind) return;
  trouble = kind;
  const alert = box("souci");
  const part = document.createElement("div");
  part.className = "fr-alert fr-alert--error fr-mb-3w";
  const text = document.createElement("p");
  text.append(words);
  if (link) {
    const way = document.createElement("a");
    Object.assign(way, { href: link, target: "_blank", rel: "noopener", textContent: "Se connecter (nouvel onglet)" });
    text.append(" ", way);
  }
  part.append(text);
  alert.replaceChildren(part);
  if (kind !== "network" && same(written(fields()), written(running ?? fields()))) alert.focus();
}

function calm() {
  if (!trouble) return;
  trouble = "";
  box("souci").replaceChildren();
  say("C'est réparé : tout est enregistré.");
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

function retry(words) {
  tell("network", words);
  wait = Math.min(wait ? wait * 2 : 2000, SLOWEST);
  later(wait);
}

function setField(name, value) {
  for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = [value].flat().includes(control.value);
    else control.value = value;
  }
}

// What others changed comes in, unless somebody is typing there; what the page remembers of each
// answer follows only where the page shows that answer.
function takeIn(told, sent) {
  const base = JSON.parse(form.elements.base.value || "{}");
  const now = fields();
  for (const [name, digest] of Object.entries(told.base)) {
    if (told.aside.includes(name)) continue;
    if (name in told.others) {
      const untouched = same(valuesOf(now, name), valuesOf(sent, name));
      if (!untouched || document.activeElement?.name === name) continue;
      setField(name, told.others[name]);
    }
    base[name] = digest;
  }
  form.elements.base.value = JSON.stringify(base);
  for (const mark of form.querySelectorAll("[name^='secret-']")) {
    const name = mark.name.slice("secret-".length);
    const untouched = same(valuesOf(now, mark.name), valuesOf(sent, mark.name));
    if (untouched) mark.checked = told.secrets.includes(name);
  }
  form.elements["base-secrets"].value = JSON.stringify(told.secrets);
  if (Object.keys(told.others).length) form.dispatchEvent(new Event("restored"));
}

function done(told, sent) {
  const typedSince = !same(written(fields()), written(sent));
  takeIn(told, sent);
  saved = typedSince ? sent : fields();
  wait = 0;
  box("reste").textContent = told.left;
  box("heure").textContent = `Enregistré à ${told.at}.`;
  const waiting = box("desaccords").childElementCount;
  if (!box("desaccords").contains(document.activeElement)) box("desaccords").innerHTML = told.panel;
  calm();
  if (told.aside.length && !waiting) say("Une réponse a aussi été changée ailleurs. Les deux textes sont gardés, en haut de la page.");
  remember();
  if (typedSince) later(QUIET);
}

// The protection of forms changes when one signs in: the page's own address gives the new one, if
// it is still the same person.
async function renew() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("section");
  if (!answer.ok || !page) return false;
  if (page.dataset.user !== form.dataset.user) {
    tell("other", "Une autre personne s'est connectée dans ce navigateur : votre texte n'est pas enregistré. Copiez-le avant de partir.");
    return false;
  }
  form.elements.csrfmiddlewaretoken.value = page.elements.csrfmiddlewaretoken.value;
  return true;
}

async function send(sent, keepalive) {
  const body = new URLSearchParams([...sent, ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]);
  return fetch(location.pathname, {
    method: "POST",
    body,
    headers: { "X-Saves-By-Itself": "1", Accept: "application/json" },
    redirect: "manual",
    keepalive: keepalive && String(body).length < BY_FETCH,
    signal: keepalive ? undefined : AbortSignal.timeout(PATIENCE),
  });
}

async function judge(answer, sent) {
  if (answer.ok) return done(await answer.json(), sent);
  if (answer.status === 409) {
    const told = await answer.json();
    box("desaccords").innerHTML = told.panel;
    saved = sent;
    remember();
    return tell("closed", "Ce dossier n'est plus un brouillon : rien n'a été changé. Votre texte est gardé à part, en haut de cette page.");
  }
  if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
    const told = answer.type === "opaqueredirect" ? {} : await answer.json().catch(() => ({}));
    return tell("session", "Votre session est terminée. Votre texte est toujours dans cette page, il n'est pas encore enregistré. Connectez-vous dans un autre onglet, puis revenez ici : il le sera.", told.sign_in ?? "/");
  }
  if (answer.status === 404) return tell("gone", "Vous n'avez plus accès à cette page : votre texte n'est pas enregistré. Copiez-le avant de partir.");
  if (answer.status === 400 || answer.status === 413) return tell("large", "Le texte est trop long pour être envoyé : raccourcissez-le. Il est toujours dans cette page.");
  return retry("Le serveur ne répond pas. Votre texte est toujours dans cette page ; un nouvel essai part dans un instant.");
}

async function save({ keepalive = false } = {}) {
  clearTimeout(timer);
  if (running) return later(QUIET);
  if (!isDirty() && !trouble) return undefined;
  running = fields();
  const sent = running;
  try {
    if (trouble === "session" && !(await renew())) return undefined;
    await judge(await send(sent, keepalive), sent);
  } catch {
    retry("La connexion est coupée. Votre texte est toujours dans cette page ; il sera enregistré dès qu'elle revient.");
  } finally {
    running = null;
  }
  return undefined;
}

function restore() {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return;
  }
  if (!Array.isArray(kept) || same(written(kept), written(saved))) return;
  for (const name of new Set([...kept, ...saved].map(([key]) => key))) {
    const values = valuesOf(kept, name);
    setField(name, name.startsWith("secret-") || values.length !== 1 ? values : values[0]);
  }
  form.dispatchEvent(new Event("restored"));
  say("Un texte qui n'avait pas été enregistré a été retrouvé dans cet onglet. Il est remis à sa place.");
  save();
}

box("par-lui-meme").hidden = false;
form.addEventListener("input", () => {
  remember();
  later(trouble === "network" ? Math.max(wait, QUIET) : QUIET);
});
form.addEventListener("change", () => remember());
form.addEventListener("focusout", () => {
  if (isDirty() && !trouble) save();
});
addEventListener("online", () => {
  wait = 0;
  if (trouble === "network") save();
});
addEventListener("focus", () => {
  if (trouble === "session") save();
});
document.addEventListener("visibilitychange", () => {
  remember();
  if (isDirty() && !running) save({ keepalive: document.hidden });
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const next = event.submitter?.dataset.then;
  while (running) await new Promise((resolve) => { setTimeout(resolve, 100); });
  await save();
  if (trouble || isDirty()) {
    box("souci").focus();
  } else if (next && !box("desaccords").childElementCount) {
    leaving = true;
    location.assign(next);
  } else {
    say(`Enregistré. Rien n'est envoyé. ${box("reste").textContent}`);
  }
});
// A choice between two texts leaves the page: what is being typed is saved first.
box("desaccords").addEventListener("submit", async (event) => {
  if (!isDirty()) return;
  event.preventDefault();
  await save();
  if (!isDirty()) event.target.submit();
});
addEventListener("beforeunload", (event) => {
  if (isDirty() && !leaving) event.preventDefault();
});
restore();
