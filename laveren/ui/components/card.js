// The coding desk as it looks: everything that somebody wrote goes in as text.

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function tell(desk, text) {
  desk.root.querySelector(".said").textContent = text;
}

const named = (desk, theme) => desk.data.themes[theme]?.name ?? theme;
const listed = (desk, themes) => [...themes].map((id) => named(desk, id)).join(", ") || desk.data.words.nowhere;
const summary = (desk, card) => listed(desk, card.chosen);

function labelled(node, text, key) {
  node.replaceChildren(text, ...(key ? [element("kbd", "", key)] : []));
}

function draw(desk) {
  const { root, data } = desk, card = current(desk), at = (name) => root.querySelector(name);
  at("#card").hidden = !card;
  at(".empty").hidden = Boolean(card);
  at(".empty").textContent = data.words.empty;
  drawList(desk);
  if (!card) { desk.drawn = null; return; }
  if (desk.drawn !== desk.now) { fresh(desk, card); desk.drawn = desk.now; }
  for (const chip of root.querySelectorAll(".chip")) dress(desk, card, chip);
  const shown = new Set([...root.querySelectorAll(".chip")].map((chip) => chip.dataset.theme));
  for (const theme of [...card.chosen, ...card.extra]) {
    if (!shown.has(theme)) { shown.add(theme); at(".often .chips").append(dress(desk, card, chipOf(desk, theme, []))); }
  }
  for (const name of ["memo", "meaning", "help"]) {
    at(`.${name}`).hidden = !desk.open[name];
    at(`.to-${name}`).setAttribute("aria-expanded", String(desk.open[name]));
  }
  if (desk.open.meaning) at(".meaning").replaceChildren(...meanings(desk, [...shown]));
  at(".leave").hidden = !card.theirs;
  const before = desk.order.slice(0, desk.order.indexOf(desk.now) + 1);
  at(".back").disabled = before.length < 2;
  at(".undo").disabled = !before.some((id) => desk.cards.get(id).saved);
  const { words } = data, done = card.saved && same(card);
  at(".suggested h3").textContent = done ? words.was_suggested : words.suggested;
  labelled(at(".confirm"), done ? words.next : card.problem ? words.mine : words.confirm, "⏎");
  at(".confirm").classList.toggle("ready", card.chosen.size > 0 || done);
  at("#card").classList.toggle("saved", done);
}

/** Everything of another answer. */
function fresh(desk, card) {
  const { root, data } = desk, { words } = data, { item } = card, at = (name) => root.querySelector(name);
  at("#card").className = item.kind;
  at("#card").setAttribute("aria-label", words.answer);
  at(".about").textContent = item.about;
  at(".text").textContent = item.text;
  at(".text").classList.toggle("long", item.text.length > 150);
  const theirs = card.theirs && words.theirs.replace("{themes}", listed(desk, card.theirs));
  const note = [card.problem, theirs, item.note].filter(Boolean).join(" ");
  at(".note").textContent = note;
  at(".note").hidden = !note;
  const by = keys(desk, card), suggested = item.suggested.map(([theme]) => theme);
  const pressing = (theme) => [...by].filter(([, id]) => id === theme).map(([key]) => key);
  at(".suggested").hidden = !suggested.length;
  at(".suggested .chips").replaceChildren(...item.suggested.map(([theme, why]) => chipOf(desk, theme, pressing(theme), why)));
  at(".often h3").textContent = suggested.length ? words.often : words.themes;
  at(".often .chips").replaceChildren(
    ...[...by].filter(([, theme]) => !suggested.includes(theme)).map(([key, theme]) => chipOf(desk, theme, [key])));
  at(".find input").placeholder = words.other;
  at(".find input").setAttribute("aria-label", words.other);
  labelled(at(".nowhere"), words.nowhere, "0");
  labelled(at(".to-memo"), words.memo, "m");
  labelled(at(".to-meaning"), words.meaning, "d");
  labelled(at(".leave"), words.leave);
  labelled(at(".skip"), words.skip, "s");
  labelled(at(".back"), words.back, "z");
  labelled(at(".undo"), words.undo, "u");
  labelled(at(".to-help"), words.help, "?");
  at(".memo span").textContent = words.memo;
  at(".memo textarea").value = card.memo;
  at(".memo textarea").maxLength = data.longest;
  at(".memo .soft").textContent = words.memo_hint;
  at(".past").hidden = !item.past.length;
  at(".past summary").textContent = item.past_title;
  at(".past ul").replaceChildren(...item.past.map((line) => element("li", "", line)));
  at(".help").replaceChildren(...words.keys.flatMap(([key, what]) => [element("dt", "", key), element("dd", "", what)]));
}

function chipOf(desk, theme, pressed, why) {
  const made = element("button", "chip");
  made.type = "button";
  made.dataset.theme = theme;
  made.dataset.why = why ?? "";
  made.append(...pressed.map((key) => element("kbd", "", key)), element("span", "", named(desk, theme)), element("small"));
  made.onclick = () => toggle(desk, theme);
  return made;
}

/** Suggested, chosen or not fitting: in words too, not by its looks alone. */
function dress(desk, card, chip) {
  const { theme, why } = chip.dataset, { words } = desk.data;
  const chosen = card.chosen.has(theme), off = !chosen && card.off.has(theme);
  chip.setAttribute("aria-pressed", String(chosen));
  chip.className = `chip${chosen ? " chosen" : off ? " off" : why ? " maybe" : ""}`;
  chip.querySelector("small").textContent = off ? words.off : why;
  return chip;
}

function meanings(desk, themes) {
  return themes.flatMap((theme) => {
    const { name, belongs, belongs_not, example } = desk.data.themes[theme] ?? { name: theme };
    const told = element("dd", "", [belongs, belongs_not, example].filter(Boolean).join(" "));
    return [element("dt", "", name), told];
  });
}

/** The ten that this answer is among, each with what was chosen; the card stands in the place of its own. */
function drawList(desk) {
  const { root, data } = desk, list = root.querySelector(".list"), card = root.querySelector("#card");
  list.hidden = !data.list;
  if (!data.list) { if (card.parentElement !== root) root.insertBefore(card, root.querySelector(".empty")); return; }
  const here = Math.max(0, desk.order.indexOf(desk.now)), first = here - (here % AT_ONCE);
  list.start = first + 1;
  const focused = card.contains(root.getRootNode().activeElement);
  root.insertBefore(card, root.querySelector(".empty"));
  list.replaceChildren(...desk.order.slice(first, first + AT_ONCE).map((id) => {
    const line = element("li", id === desk.now ? "here" : ""), one = desk.cards.get(id);
    if (id === desk.now) { line.append(card); return line; }
    const row = element("button", `row ${one.item.kind}`);
    row.type = "button";
    const state = one.saved ? summary(desk, one) : one.item.suggested.map(([theme]) => named(desk, theme)).join(", ");
    row.append(element("span", "text", one.item.text), element("small", one.saved ? "done" : "", state && `${one.saved ? data.words.saved : data.words.suggested}: ${state}`));
    row.onclick = () => { go(desk, id); draw(desk); arrive(desk); };
    line.append(row);
    return line;
  }));
  if (focused) card.focus({ preventScroll: true });
}
