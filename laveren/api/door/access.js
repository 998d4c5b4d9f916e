// Exchanges a key for a cookie: the key comes behind the # of a link, or is typed; it never gets into an address.

const lang = document.documentElement.lang === "en" ? "en" : "nl";
const texts = JSON.parse(document.getElementById("texts").textContent)[lang];
const field = document.getElementById("key");
const said = document.getElementById("said");

for (const id of ["title", "hint", "label", "go"]) document.getElementById(id).textContent = texts[id];

async function exchange(key) {
  said.textContent = "";
  try {
    const answer = await fetch("/api/key", { method: "POST", body: JSON.stringify({ key }) });
    const body = await answer.json();
    if (answer.ok) location.replace(body.to);
    else said.textContent = body.message;
  } catch {
    said.textContent = texts.no_connection;
  }
}

document.getElementById("form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim()) exchange(field.value.trim());
  else field.focus();
});

function readHash() {
  const key = decodeURIComponent(location.hash.slice(1));
  if (!key) return false;
  history.replaceState(null, "", location.pathname); // the key stays out of the history
  exchange(key);
  return true;
}

window.addEventListener("hashchange", readHash);
if (!readHash()) field.focus();
