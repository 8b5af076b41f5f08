// What a browser with scripts adds: the inbox looks again by itself, answers come without a new page, addresses are copied
// with one press. Without this file everything works by plain forms and links.

const EVERY = 5000;
const cards = document.getElementById("cards");

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

// Somebody is writing, or has a menu open: the list must not change under their hands.
const busy = () => cards.querySelector("details[open]") || cards.contains(document.activeElement);

const states = () => new Map([...cards.querySelectorAll(".card")].map((card) => [card.id, card.dataset.state]));

function show(html, before) {
  cards.innerHTML = html;
  for (const card of cards.querySelectorAll(".card")) {
    if (before.get(card.id) !== card.dataset.state) card.classList.add("changed");
  }
}

async function look() {
  if (document.hidden || busy()) return;
  const answer = await fetch(cards.dataset.look, { headers: { "If-None-Match": cards.dataset.etag } });
  if (answer.status === 401) location.reload();
  if (answer.status !== 200 || busy()) return;
  show(await answer.text(), states());
  cards.dataset.etag = answer.headers.get("ETag");
}

async function send(form, button) {
  const before = states();
  button?.setAttribute("disabled", "");
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
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
  setInterval(() => look().catch(() => {}), EVERY);
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
