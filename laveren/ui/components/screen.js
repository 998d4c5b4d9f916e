// The projector: draws what the server says and patches only what changed, so that it never blinks.

const TURN = 12000; // ms that one page of cards stays
const SIZES = [46, 42, 38, 35, 32]; // px at 1920 wide: nothing under 32
const LIGHT_SIZES = [84, 76, 68, 60, 52, 46];
const CASE_SIZES = [52, 48, 44, 40, 36, 32];
const states = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector("#screen");
  let state = states.get(parentElement);
  if (!state) {
    state = { drawn: {}, page: 0 };
    states.set(parentElement, state);
    state.tick = setInterval(() => drawClock(root, state), 500);
    state.turn = setInterval(() => turnPage(root, state), TURN);
    state.fit = () => refit(root, state);
    window.addEventListener("resize", state.fit);
    document.fonts.addEventListener("loadingdone", state.fit); // until then it was measured in another letter
  }
  state.data = data;
  state.skew = data.now - Date.now() / 1000;
  draw(root, state);
  const stop = awake(component, (away) => { root.querySelector("#away").hidden = !away; });
  return () => {
    clearInterval(state.tick);
    clearInterval(state.turn);
    window.removeEventListener("resize", state.fit);
    document.fonts.removeEventListener("loadingdone", state.fit);
    states.delete(parentElement);
    stop();
  };
}

/** Redraws a part only when what it shows changed. */
function part(root, state, id, content, make) {
  const key = JSON.stringify(content ?? null);
  if (state.drawn[id] === key) return;
  state.drawn[id] = key;
  const place = root.querySelector(`#${id}`);
  const nodes = content == null ? [] : make(content);
  place.replaceChildren(...nodes);
  place.hidden = content == null;
}

function draw(root, state) {
  const { data } = state;
  root.dataset.mode = data.mode;
  root.dataset.wide = data.bars ? "no" : "yes";
  part(root, state, "top", data.top, top);
  part(root, state, "lobby", data.lobby, lobby);
  part(root, state, "ask", data.ask, ask);
  part(root, state, "case", data.case, caseText);
  if (data.case) fit(root.querySelector("#case"), CASE_SIZES);
  drawCards(root, state);
  part(root, state, "bars", data.bars, bars);
  if (data.bars) spread(root.querySelector("#bars"));
  part(root, state, "foot", data.foot, foot);
  root.querySelector("#away").textContent = data.away;
  drawClock(root, state);
}

/** The window or the letter is another one: everything finds its size again. */
function refit(root, { data }) {
  if (data.case) fit(root.querySelector("#case"), CASE_SIZES);
  if (data.cards) fitCards(root.querySelector("#cards"));
  if (data.bars) spread(root.querySelector("#bars"));
}

function top({ title, round, join, address, code, qr, demo }) {
  const left = element("div", "left");
  left.append(mark(), element("strong", "", title), element("span", "soft", round));
  if (demo) left.append(element("span", "demo", demo));
  const right = element("div", "right");
  if (code) {
    const where = element("span", "soft", `${join} `);
    where.append(element("strong", "", address));
    right.append(where, element("strong", "code", code), picture(qr));
  }
  return [left, right];
}

function mark() {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 60 34");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  for (const [d, kind] of [["M4 3H58M4 31H58", "rule"], ["M6 30 20 4 32 30 44 4 56 30", "course"]]) {
    const path = document.createElementNS(ns, "path");
    path.setAttribute("d", d);
    path.setAttribute("class", kind);
    svg.append(path);
  }
  return svg;
}

function picture(qr) {
  const image = element("img", "qr");
  image.src = qr.src;
  image.alt = qr.alt;
  return image;
}

function lobby({ title, where, address, code, qr, here, warning }) {
  const words = element("div", "words");
  words.append(element("h1", "", title), element("p", "soft", where), element("p", "address", address), element("p", "bigcode", code));
  words.append(element("p", "here", here));
  if (warning) words.append(element("p", "soft", warning));
  return [words, picture(qr)];
}

function ask({ kicker, question, hint }) {
  return [element("p", "kicker", kicker), element("h1", "", question), ...(hint ? [element("p", "hint", hint)] : [])];
}

function caseText({ title, persons, paragraphs }) {
  const body = element("div", "paragraphs");
  body.append(...paragraphs.map((text) => element("p", "", text)));
  return [element("p", "persons", persons), body];
}

function card({ text, kind, about, light }) {
  const made = element("article", `card ${kind}${light ? " light" : ""}`);
  const said = element("p", "say", light ? `‘${text}’` : text);
  said.dir = "auto"; // somebody may write from right to left
  made.append(said, element("p", "about", about));
  return made;
}

/** Pages of cards: two beside a spotlight, else four; a card keeps its place while others come. */
function pages({ cards, light }) {
  const size = light ? 2 : 4;
  const count = Math.max(1, Math.ceil(cards.length / size));
  return Array.from({ length: count }, (_, i) => cards.slice(i * size, (i + 1) * size));
}

function drawCards(root, state) {
  const { cards } = state.data;
  if (!cards) { part(root, state, "cards", null); return; }
  const all = pages(cards);
  state.page %= all.length;
  const shown = { light: cards.light, page: all[state.page], empty: cards.empty, turn: all.length > 1 ? `${state.page + 1} / ${all.length}` : "" };
  const key = JSON.stringify(shown);
  if (state.drawn.cards === key) return;
  state.drawn.cards = key;
  const place = root.querySelector("#cards");
  place.hidden = false;
  const old = new Map([...place.querySelectorAll(".card")].map((node) => [node.dataset.key, node]));
  const kept = (one) => {
    const name = JSON.stringify(one);
    const node = old.get(name) ?? card(one);
    old.delete(name); // of two cards with the same words each has its own node
    node.dataset.key = name;
    return node;
  };
  const nodes = [];
  if (shown.light) nodes.push(kept({ ...shown.light, light: true }));
  if (shown.page.length) {
    const grid = place.querySelector(".grid") ?? element("div", "grid");
    settle(grid, shown.page.map(kept));
    nodes.push(grid);
  }
  if (!nodes.length) nodes.push(element("p", "empty", shown.empty));
  if (shown.turn) nodes.push(element("p", "turn", shown.turn));
  settle(place, nodes);
  fitCards(place);
}

/** Each card as large as its place allows; when one does not fit, all stand closer and a spotlight gives way. */
function fitCards(place) {
  const cards = [...place.querySelectorAll(".card")];
  const sizes = (one) => (one.classList.contains("light") ? LIGHT_SIZES : SIZES);
  place.dataset.tight = "no";
  if (cards.map((one) => fit(one, sizes(one))).every(Boolean)) return;
  place.dataset.tight = "yes";
  for (const one of place.querySelectorAll(".grid .card")) one.style.setProperty("--size", SIZES.at(-1));
  const light = place.querySelector(".card.light");
  if (light) fit(light, [...LIGHT_SIZES, ...SIZES]);
}

/** Makes these the children; one that stands in its place already is not touched. */
function settle(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, i) => { if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null); });
}

function turnPage(root, state) {
  if (!state.data.cards) return;
  state.page += 1;
  drawCards(root, state);
}

/** The largest size at which the text stays inside its frame; whether there is one. */
function fit(frame, sizes) {
  for (const size of sizes) {
    frame.style.setProperty("--size", size);
    if (frame.scrollHeight <= frame.clientHeight + 2 && frame.scrollWidth <= frame.clientWidth + 2) return true;
  }
  return false;
}

/** Bars and their distance give way before a row falls off. */
function spread(frame) {
  for (const [bar, gap] of [[18, 12], [14, 9], [10, 6], [8, 3]]) {
    frame.style.setProperty("--bar", bar);
    frame.style.setProperty("--gap", gap);
    if (frame.scrollHeight <= frame.clientHeight + 2) return;
  }
}

function bars({ title, note, rows, kind, legend }) {
  const list = element("ul", kind);
  list.append(...rows.map(({ label, value, share, strong, parts }) => {
    const row = element("li", strong ? "strong" : "");
    const line = element("div", "line");
    line.append(element("span", "", label), element("span", "value", value));
    const track = element("div", "track");
    for (const [name, part, said] of parts ?? [["fill", share, ""]]) {
      const fill = element("div", name, said);
      fill.style.setProperty("--share", part);
      track.append(fill);
    }
    row.append(line, track);
    return row;
  }));
  const key = element("p", "legend");
  key.append(...(legend ?? []).map(([name, text]) => {
    const one = element("span");
    one.append(element("i", `part ${name}`), text);
    return one;
  }));
  return [...(title ? [element("h2", "", title)] : []), ...(note ? [element("p", "note", note)] : []), ...(legend ? [key] : []), list];
}

function foot({ left, right }) {
  const side = (pairs) => {
    const made = element("div");
    for (const [number, word] of pairs) {
      const one = element("span", "pair");
      one.append(element("strong", "", number), ` ${word}`);
      made.append(one);
    }
    return made;
  };
  return [side(left), side(right)];
}

function drawClock(root, state) {
  const { clock } = state.data;
  const now = clockText(clock, state.skew);
  const shown = now && { text: now.left ? now.text : clock.over, over: !now.left, label: clock.paused, share: Math.round(now.share * 200) / 200 };
  part(root, state, "clock", shown, ({ text, over, label, share }) => {
    const track = element("div", "track");
    const fill = element("div", "fill");
    fill.style.setProperty("--share", share);
    track.append(fill);
    return [element("p", over ? "time over" : "time", text), ...(label ? [element("p", "soft", label)] : []), track];
  });
}
