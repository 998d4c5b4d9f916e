// The coding desk: every key is answered here at once; what is finished goes to the server by itself, and stays here
// until the server says that it is on disk. A card is an answer with what is chosen for it on this screen.

const STUCK = 6000; // ms after which what was sent is sent again
const SLOW = 2500; // ms after which one is told that it is not on disk yet
const MOST = 3; // themes for one answer
const AT_ONCE = 10; // answers in a list
const FOUND = 6; // themes that a search shows
const desks = new WeakMap();
const outbox = new Map(); // what is to be sent, by answer: it outlives the desk
let sent = null; // what is under way; nothing else is sent until the server has said what became of it

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let desk = desks.get(parentElement);
  if (!desk) {
    desk = opened(parentElement.querySelector("#coding"));
    desks.set(parentElement, desk);
  }
  desk.send = (what) => setTriggerValue("done", what);
  take(desk, data);
  return () => { desk.close(); desks.delete(parentElement); };
}

function opened(root) {
  const desk = { root, cards: new Map(), order: [], now: null, drawn: null, open: { memo: false, meaning: false, help: false } };
  const at = (name) => root.querySelector(name);
  const card = at("#card");
  const onKey = (event) => pressed(desk, event);
  const onLeave = (event) => { if (sent || outbox.size) event.preventDefault(); };
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", onLeave);
  const tick = setInterval(() => watch(desk), 500);
  desk.close = () => {
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("beforeunload", onLeave);
    clearInterval(tick);
  };
  // A click must not take the keys away from the card: Enter would press the same button again.
  card.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) { event.preventDefault(); card.focus({ preventScroll: true }); }
  });
  const clicks = {
    ".confirm": confirm, ".nowhere": nowhere, ".skip": skip, ".back": back, ".undo": undo, ".leave": leave,
    ".to-memo": memo, ".to-meaning": (one) => toggleOpen(one, "meaning"), ".to-help": (one) => toggleOpen(one, "help"),
  };
  for (const [name, act] of Object.entries(clicks)) at(name).onclick = () => act(desk);
  at(".memo textarea").oninput = (event) => { current(desk).memo = event.target.value; };
  at(".memo textarea").onkeydown = (event) => {
    if (event.key === "Escape") card.focus();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); card.focus(); confirm(desk); }
  };
  const find = at(".find input");
  find.oninput = () => search(desk);
  find.onblur = () => closeSearch(desk);
  find.onkeydown = (event) => searching(desk, event);
  return desk;
}

// ---- what the server says ----

function take(desk, data) {
  desk.data = data;
  const another = desk.stack !== data.stack, turned = desk.list !== undefined && (another || desk.list !== data.list);
  if (another) Object.assign(desk, { stack: data.stack, cards: new Map(), order: [], now: null, drawn: null });
  desk.list = data.list;
  if (sent && data.ack.seq === sent.seq) {
    const { entries } = sent;
    sent = null;
    for (const entry of entries) settle(desk, entry, data.ack.results[entry.card.item.id]);
  }
  for (const item of data.items) {
    const card = desk.cards.get(item.id);
    if (!card || (!card.touched && card.item.revision !== item.revision)) add(desk, item); // new, or its writer changed it
  }
  const there = new Set(data.items.map((item) => item.id));
  for (const [id, card] of desk.cards) {
    if (!there.has(id) && !card.touched && id !== desk.now) remove(desk, id); // somebody else has done it meanwhile
  }
  if (!desk.now || !desk.cards.has(desk.now)) go(desk, desk.order.find((id) => !desk.cards.get(id).handled) ?? null);
  draw(desk);
  if (turned) desk.root.querySelector("#card").focus({ preventScroll: true }); // else Enter presses again what was clicked
  setTimeout(() => flush(desk), 0); // never while mounting: it would be dropped
}

function add(desk, item) {
  const { id, chosen, memo, version, saved } = item;
  desk.cards.set(id, { item, chosen: new Set(chosen), off: new Set(), extra: new Set(), memo, version, saved, touched: false, handled: false, kept: kept(chosen, memo) });
  if (!desk.order.includes(id)) desk.order.push(id);
  if (desk.drawn === id) desk.drawn = null;
}

const kept = (themes, memo) => JSON.stringify([[...themes].sort(), memo.trim()]);

function remove(desk, id) {
  desk.cards.delete(id);
  desk.order = desk.order.filter((other) => other !== id);
}

/** What became of something that was sent; what came back is looked at next. */
function settle(desk, { card, what }, result) {
  const { id } = card.item;
  if (!result) return;
  if (result.gone) { if (desk.now === id) desk.now = null; remove(desk, id); tell(desk, result.gone); return; }
  card.version = result.version;
  if (result.item) card.item = result.item;
  if (result.problem) {
    Object.assign(card, { saved: false, handled: false, problem: result.problem, theirs: result.theirs ?? null, kept: null });
    if (desk.drawn === id) desk.drawn = null;
    if (desk.cards.has(id) && desk.now !== id) {
      desk.order = desk.order.filter((other) => other !== id);
      desk.order.splice(desk.order.indexOf(desk.now) + 1, 0, id);
    }
    tell(desk, result.problem);
  } else if (what === "back" && result.stands) {
    Object.assign(card, { chosen: new Set(result.chosen), memo: result.memo, saved: true, kept: kept(result.chosen, result.memo) });
    if (desk.drawn === id) desk.drawn = null;
  }
}

function flush(desk) {
  if (sent || !outbox.size) return;
  const entries = [...outbox.values()];
  outbox.clear();
  sent = { seq: `${Date.now()}-${Math.random()}`, at: Date.now(), tried: Date.now(), entries };
  sent.what = {
    seq: sent.seq,
    codings: entries.map(({ card, ...entry }) => (
      { ...entry, id: card.item.id, coder: card.item.coder, revision: card.item.revision, based_on: card.version })),
  };
  desk.send(sent.what);
}

/** Sends again what got no answer, and says so as long as it waits. */
function watch(desk) {
  const waits = sent && Date.now() - sent.at > SLOW;
  if (waits && Date.now() - sent.tried > STUCK) { sent.tried = Date.now(); desk.send(sent.what); }
  if (waits || desk.waits) tell(desk, waits ? desk.data.words.waiting.replace("{n}", sent.entries.length + outbox.size) : "");
  desk.waits = waits;
}

// ---- what one does ----

const current = (desk) => desk.cards.get(desk.now);

function go(desk, id) {
  desk.now = id;
  desk.open.memo = Boolean(id && current(desk).memo);
}

function toggle(desk, theme) {
  const card = current(desk);
  if (card.chosen.delete(theme)) {
    if (card.item.suggested.some(([id]) => id === theme)) card.off.add(theme);
  } else if (card.chosen.size >= MOST) {
    tell(desk, desk.data.words.most);
    return;
  } else {
    card.chosen.add(theme);
    card.off.delete(theme);
  }
  tell(desk, "");
  draw(desk);
}

function confirm(desk) {
  const card = current(desk);
  if (!card) return;
  if (!card.chosen.size && !(card.saved && same(card))) { tell(desk, desk.data.words.choose); return; }
  finish(desk);
}

function nowhere(desk) {
  const card = current(desk);
  if (!card) return;
  card.chosen.clear();
  finish(desk);
}

const same = (card) => card.kept === kept(card.chosen, card.memo);

function finish(desk) {
  const card = current(desk);
  const themes = [...card.chosen], off = card.item.suggested.map(([id]) => id).filter((id) => !card.chosen.has(id));
  const what = card.saved && same(card) ? "pass" : "code"; // what was only looked at makes room for another
  if (!(what === "pass" && card.handled)) outbox.set(card.item.id, { card, what, themes, rejected: off, memo: card.memo });
  Object.assign(card, { saved: true, touched: true, handled: true, problem: null, theirs: null, off: new Set(off), kept: kept(themes, card.memo) });
  tell(desk, `${desk.data.words.saved}: ${summary(desk, card)}`);
  flush(desk);
  forward(desk);
}

/** On to what is still to be done: after this one, else from the beginning. */
function forward(desk) {
  const here = desk.order.indexOf(desk.now);
  const round = [...desk.order.slice(here + 1), ...desk.order.slice(0, Math.max(here, 0))];
  const stays = current(desk)?.handled === false ? desk.now : null;
  go(desk, round.find((id) => !desk.cards.get(id).handled) ?? stays);
  draw(desk);
  arrive(desk);
}

function skip(desk) { if (current(desk)) forward(desk); }

function back(desk, steps = 1) {
  const here = desk.now ? desk.order.indexOf(desk.now) : desk.order.length;
  const id = desk.order[here - steps];
  if (!id) return;
  go(desk, id);
  draw(desk);
  arrive(desk);
}

/** Takes back what was said of this answer, or else of the last one before it. */
function undo(desk) {
  const here = desk.now ? desk.order.indexOf(desk.now) : desk.order.length - 1;
  const id = desk.order.slice(0, here + 1).reverse().find((one) => desk.cards.get(one).saved);
  if (!id) return;
  const card = desk.cards.get(id);
  if (outbox.has(id)) outbox.delete(id);
  else outbox.set(id, { card, what: "back", themes: [], rejected: [], memo: "" });
  Object.assign(card, { saved: false, touched: true, handled: false, kept: null });
  go(desk, id);
  desk.drawn = null;
  draw(desk);
  arrive(desk);
  tell(desk, desk.data.words.taken_back);
  flush(desk);
}

/** What somebody else said stays; mine is let go of. */
function leave(desk) {
  const card = current(desk);
  Object.assign(card, { chosen: new Set(card.theirs), saved: true, touched: true, handled: true, problem: null, theirs: null });
  card.kept = kept(card.chosen, card.memo);
  forward(desk);
}

function memo(desk) {
  desk.open.memo = true;
  draw(desk);
  desk.root.querySelector(".memo textarea").focus();
}

function toggleOpen(desk, name) {
  desk.open[name] = !desk.open[name];
  draw(desk);
}

/** Where the last one was finished by Tab and Enter, Tab goes on from the beginning of the next. */
function arrive(desk) {
  const card = desk.root.querySelector("#card"), has = desk.root.getRootNode().activeElement;
  if ((has && has !== card) || desk.data.list) card.focus({ preventScroll: true });
  if (desk.data.list) card.scrollIntoView({ block: "nearest" });
}

