// What a browser with scripts adds: the inbox is live, answers come without a new page, addresses are copied with one
// press, a list is ticked at once. Without this file everything works by plain forms and links.

const OFTEN = 5_000;
const SELDOM = 60_000;
const cards = document.getElementById("cards");

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

// Somebody is writing, or has a menu open: the list must not change under their hands.
const busy = () => cards.querySelector("details[open]") || cards.contains(document.activeElement);

const states = () => new Map([...cards.querySelectorAll(".card")].map((card) => [card.id, card.dataset.state]));

let stream = null;
let missed = false;
let looked = 0;

function show(html, before) {
  cards.innerHTML = html;
  for (const card of cards.querySelectorAll(".card")) {
    if (before.get(card.id) !== card.dataset.state) card.classList.add("changed");
  }
}

async function look() {
  if (document.hidden) return;
  missed = Boolean(busy());
  if (missed) return;
  looked = Date.now();
  const answer = await fetch(cards.dataset.look, { headers: { "If-None-Match": cards.dataset.etag } });
  if (answer.status === 401) location.reload();
  if (answer.status !== 200) return;
  missed = Boolean(busy());
  if (missed) return;
  show(await answer.text(), states());
  cards.dataset.etag = answer.headers.get("ETag");
}

const tryLook = () => look().catch(() => {});

// One stream for the window in sight: a hidden one would hold one of the browser's few connections.
function listen() {
  stream?.close();
  stream = document.hidden ? null : new EventSource(cards.dataset.live);
  if (stream) stream.onmessage = tryLook;
}

// Looks by itself where no stream is open, at what came while somebody was writing, and now and then in any case.
function tick() {
  const live = stream?.readyState === EventSource.OPEN;
  if (!live || missed || Date.now() - looked > SELDOM) tryLook();
}

const body = (form) => (form.enctype === "multipart/form-data" ? new FormData(form) : new URLSearchParams(new FormData(form)));

async function send(form, button) {
  const before = states();
  button?.setAttribute("disabled", "");
  const answer = await fetch(form.action, { method: "POST", body: body(form) });
  if (!answer.ok || !new URL(answer.url).pathname.startsWith("/inbox")) {
    location.assign(answer.ok ? answer.url : "/inbox");
    return;
  }
  const page = parse(await answer.text());
  show(page.getElementById("cards").innerHTML, before);
  cards.dataset.etag = page.getElementById("cards").dataset.etag;
  document.getElementById("talk").replaceWith(page.getElementById("talk"));
}

if (cards) {
  listen();
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", () => stream?.close());
  setInterval(tick, OFTEN);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.action.includes("/inbox/")) return;
    event.preventDefault();
    const wrote = form.classList.contains("say");
    send(form, event.submitter).then(
      () => wrote && document.getElementById("words").focus(),
      () => form.submit(),
    );
  });
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = button.dataset.said;
  });
}

// Tick everything that can be ticked in a table.
for (const all of document.querySelectorAll("input[data-ticks]")) {
  const boxes = () => document.querySelectorAll(`input[form="${all.dataset.ticks}"][type="checkbox"]`);
  all.hidden = false;
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
}
