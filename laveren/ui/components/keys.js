// The keys of the coding desk, which are silent while somebody types, and the search for another theme.

const WRITES = "input, textarea, select, [contenteditable]";
const PRESSES = "button, a, summary, [role=option], [role=radio], [role=button]";

function pressed(desk, event) {
  const on = event.composedPath()[0];
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !(on instanceof Element) || on.closest(WRITES)) return;
  const { key } = event, card = current(desk);
  const acts = {
    0: nowhere, n: nowhere, z: back, Backspace: back, u: undo, s: skip, m: memo, a: toSearch, "/": toSearch,
    d: (one) => toggleOpen(one, "meaning"), "?": (one) => toggleOpen(one, "help"),
  };
  if (desk.data.list) Object.assign(acts, { ArrowUp: back, ArrowDown: (one) => back(one, -1) });
  let act = acts[key] ?? acts[key.toLowerCase()];
  if (/^[1-9]$/.test(key)) act = () => { const theme = card && keys(desk, card).get(key); if (theme) toggle(desk, theme); };
  if (key === "Enter") act = on.closest(PRESSES) ? null : confirm;
  if (!act || (!card && act !== back && act !== undo)) return;
  event.preventDefault();
  act(desk);
}

/** Which key is which theme: 1 to 3 what is suggested, 4 to 9 always the same; what is free goes on down that list. */
function keys(desk, card) {
  const found = new Map();
  for (let n = 1; n <= 9; n += 1) {
    const suggested = n <= MOST ? card.item.suggested[n - 1]?.[0] : null;
    const theme = suggested ?? desk.data.often[n > MOST ? n - MOST - 1 : n + 9 - MOST - 1];
    if (theme) found.set(String(n), theme);
  }
  return found;
}

// ---- another theme ----

const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

function toSearch(desk) {
  desk.root.querySelector(".find input").focus();
}

function search(desk) {
  const input = desk.root.querySelector(".find input"), list = desk.root.querySelector("#found");
  const wanted = folded(input.value.trim());
  const begins = ([, { name }]) => (folded(name).startsWith(wanted) ? 0 : 1);
  const fitting = Object.entries(desk.data.themes).filter(([, { name }]) => wanted && folded(name).includes(wanted));
  desk.found = fitting.sort((one, other) => begins(one) - begins(other)).slice(0, FOUND).map(([id]) => id);
  desk.picked = 0;
  list.replaceChildren(...desk.found.map((id, n) => {
    const line = element("li", "", desk.data.themes[id].name);
    line.id = `found-${n}`;
    line.setAttribute("role", "option");
    line.append(element("small", "", desk.data.themes[id].belongs));
    line.onmousedown = (event) => { event.preventDefault(); pick(desk, id); };
    return line;
  }));
  list.hidden = !desk.found.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  mark(desk);
}

function mark(desk) {
  const input = desk.root.querySelector(".find input");
  [...desk.root.querySelectorAll("#found li")].forEach((line, n) => line.setAttribute("aria-selected", String(n === desk.picked)));
  input.setAttribute("aria-activedescendant", desk.found?.length ? `found-${desk.picked}` : "");
}

function searching(desk, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && desk.found?.length) {
    event.preventDefault();
    desk.picked = (desk.picked + step + desk.found.length) % desk.found.length;
    mark(desk);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (desk.found?.length) pick(desk, desk.found[desk.picked]);
  } else if (event.key === "Escape") {
    desk.root.querySelector("#card").focus();
  }
}

function pick(desk, theme) {
  const card = current(desk);
  card.extra.add(theme);
  if (!card.chosen.has(theme)) toggle(desk, theme);
  desk.root.querySelector("#card").focus();
  draw(desk);
}

function closeSearch(desk) {
  desk.root.querySelector(".find input").value = "";
  search(desk);
}

