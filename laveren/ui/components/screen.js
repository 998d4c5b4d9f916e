// The projector: draws what the server says and patches only what changed, so that it never blinks.

const TURN = 12000; // ms that one page of cards stays
const SIZES = [46, 42, 38, 35, 32]; // px at 1920 wide: nothing under 32
const LIGHT_SIZES = [84, 76, 68, 60, 52, 46];
const CASE_SIZES = [52, 48, 44, 40, 36, 32];
const TWIST_SIZES = [76, 68, 60, 52, 48, 44, 40, 36, 32];
const ASK_SIZES = [96, 84, 72, 64]; // beside a figure, a long question gives way
const ASK_ROOM = 160; // units: one line of the largest, two of the smaller ones
const PARTS = ["case", "figure", "cards", "bars"];
const states = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector("#screen");
  let state = states.get(parentElement);
  if (!state) {
    state = { drawn: {}, page: "" };
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
  const shown = PARTS.filter((name) => data[name]);
  for (const name of PARTS) root.querySelector(`#${name}`).hidden = !data[name]; // what goes makes room before anything is measured
  root.dataset.mode = data.mode;
  root.dataset.wide = shown.length > 1 ? "no" : "yes";
  root.dataset.alone = shown.length === 1 ? shown[0] : "";
  root.dataset.figure = data.figure?.kind ?? "";
  part(root, state, "top", data.top, top);
  part(root, state, "lobby", data.lobby, lobby);
  part(root, state, "ask", data.ask, ask);
  part(root, state, "foot", data.foot, foot);
  drawClock(root, state); // before the body: beside lines to read it takes room
  fitAsk(root.querySelector("#ask"), data);
  part(root, state, "case", data.case, caseText);
  if (data.case) fitCase(root, data);
  drawFigure(root, state);
  drawCards(root, state);
  part(root, state, "bars", data.bars, bars);
  if (data.bars) spread(root.querySelector("#bars"));
  root.querySelector("#away").textContent = data.away;
}

/** The window or the letter is another one: everything finds its size again. */
function refit(root, state) {
  const { data } = state;
  fitAsk(root.querySelector("#ask"), data);
  if (data.case) fitCase(root, data);
  state.placed = null;
  drawFigure(root, state);
  if (data.cards) fitCards(root.querySelector("#cards"));
  if (data.bars) spread(root.querySelector("#bars"));
}

function fitCase(root, { case: { twist } }) {
  fit(root.querySelector("#case"), twist ? TWIST_SIZES : CASE_SIZES);
}

function fitAsk(place, { mode, ask: asked }) {
  place.style.removeProperty("--ask");
  if (!["figure", "domains"].includes(mode) || !asked) return;
  const unit = Math.min(innerWidth / 1920, innerHeight / 1080);
  for (const size of ASK_SIZES) {
    place.style.setProperty("--ask", size);
    if (place.querySelector("h1").offsetHeight <= ASK_ROOM * unit) return;
  }
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
  const rules = svg("path", { d: "M4 3H58M4 31H58", class: "rule" });
  const course = svg("path", { d: "M6 30 20 4 32 30 44 4 56 30", class: "course" });
  return svg("svg", { viewBox: "0 0 60 34", class: "mark", "aria-hidden": "true" }, rules, course);
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

/** The story; once a twist is out, that alone: the story stands on every worksheet. */
function caseText({ persons, paragraphs, twist }) {
  const body = element("div", "paragraphs");
  body.append(...(twist ?? { paragraphs }).paragraphs.map((text) => element("p", "", text)));
  if (!twist) return [element("p", "persons", persons), body];
  return [element("p", "kicker", twist.kicker), element("h2", "twist", twist.title), body];
}

function card({ text, kind, about, light, seat, case: story, dissent }) {
  const made = element("article", `card ${kind}${light ? " light" : ""}`);
  const said = element("p", "say", light ? `‘${text}’` : text);
  said.dir = "auto"; // somebody may write from right to left
  made.append(said, element("p", "about", [seat, about, story].filter(Boolean).join(" · ")));
  if (dissent) {
    const other = element("p", "dissent", dissent);
    other.dir = "auto";
    made.append(other);
  }
  return made;
}

/** Pages of cards, each of one group: fewer beside a spotlight or a figure; a card keeps its place while others come. */
function pages({ cards, light, group }, figure) {
  const room = (light ? 2 : 4) / (figure ? 2 : 1);
  const found = [];
  for (const name of new Set(cards.map((one) => one.group ?? group))) {
    let left = 0;
    let number = 0;
    for (const one of cards) {
      if ((one.group ?? group) !== name) continue;
      const wanted = Math.min(room, one.dissent ? 2 : 1); // with what somebody sees differently it takes a whole row
      if (left < wanted) { found.push({ id: `${number += 1} ${name ?? ""}`, group: name, cards: [] }); left = room; }
      found.at(-1).cards.push(one);
      left -= wanted;
    }
  }
  return found.length ? found : [{ id: "", cards: [] }];
}

/** Where the page that is shown stands among all, also after others came before it. */
function pageNow(all, state) {
  const at = Math.max(0, all.findIndex(({ id }) => id === state.page));
  state.page = all[at].id;
  return at;
}

function drawCards(root, state) {
  const { cards, figure } = state.data;
  if (!cards) { part(root, state, "cards", null); return; }
  const all = pages(cards, figure);
  const at = pageNow(all, state);
  const turn = all.length > 1 ? `${at + 1} / ${all.length}` : "";
  const shown = { light: cards.light, page: all[at].cards, group: all[at].group, empty: cards.empty, turn };
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
    if (shown.group) nodes.push(groupName(place, shown.group));
    const grid = place.querySelector(".grid") ?? element("div", "grid");
    settle(grid, shown.page.map(kept));
    nodes.push(grid);
  }
  if (!nodes.length) nodes.push(element("p", "empty", shown.empty));
  if (shown.turn) nodes.push(element("p", "turn", shown.turn));
  settle(place, nodes);
  fitCards(place);
}

function groupName(place, text) {
  const name = place.querySelector("h2.group") ?? element("h2", "group");
  if (name.textContent !== text) name.textContent = text;
  return name;
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
  const all = pages(state.data.cards, state.data.figure);
  state.page = all[(pageNow(all, state) + 1) % all.length].id;
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
  chimeAtZero(state, clock, state.skew);
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
