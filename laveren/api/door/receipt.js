// Takes answers back with a receipt code, also long after the meeting: nobody but its writer can find them.

const lang = document.documentElement.lang === "en" ? "en" : "nl";
const texts = JSON.parse(document.getElementById("texts").textContent)[lang];
const field = document.getElementById("code");
const said = document.getElementById("said");
const list = document.getElementById("answers");

for (const id of ["title", "hint", "label", "go"]) document.getElementById(id).textContent = texts[id];

async function ask(method, path, body) {
  const headers = { Authorization: `Bearer ${field.value.trim()}` };
  const answer = await fetch(path, { method, headers, credentials: "omit", body: body && JSON.stringify(body) });
  return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) };
}

/** What was given, in words: a text, or what was chosen. */
function words({ value, domains }) {
  if (domains) return Object.entries(domains).map(([domain, sure]) => `${domain}: ${sure}`).join(", ");
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

function row(answer) {
  const item = document.createElement("li");
  const text = document.createElement("p");
  text.textContent = words(answer);
  const button = document.createElement("button");
  button.textContent = texts.remove;
  button.setAttribute("aria-label", `${texts.remove}: ${text.textContent}`);
  button.addEventListener("click", () => remove(answer, item, button));
  item.append(text, button);
  return item;
}

async function remove(answer, item, button) {
  button.disabled = true;
  try {
    const gone = { revision: answer.revision + 1, state: "withdrawn", prompt: answer.prompt };
    const { ok, body } = await ask("PUT", `/api/answers/${answer.id}`, gone);
    if (ok) item.remove();
    said.textContent = ok ? texts.removed : body.message;
  } catch {
    said.textContent = texts.no_connection;
  }
  button.disabled = false;
  if (!list.children.length) said.textContent = texts.none;
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!field.value.trim()) return field.focus();
  list.hidden = true;
  try {
    const { ok, status, body } = await ask("GET", "/api/worksheet");
    if (!ok) said.textContent = status === 401 ? texts.unknown : body.message;
    else show(body.answers.filter(({ mine, state }) => mine && state === "submitted"));
  } catch {
    said.textContent = texts.no_connection;
  }
});

function show(answers) {
  list.replaceChildren(...answers.map(row));
  list.hidden = !answers.length;
  said.textContent = answers.length ? texts.found : texts.none;
}

field.focus();
