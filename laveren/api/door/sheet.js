// The worksheet: draws any prompt of a method as cards, and never disturbs what somebody is writing.

const SOURCES = ["wet", "beleid", "werkproces", "keten", "gewoonte", "mandaat", "twijfel"];
const STATUSES = ["doe_ik", "mag", "weet_niet", "nodig"];
const CERTAINTIES = ["weet", "vermoed", "vragen"];
const MAX_CHARS = { kort: 140, lang: 400 };
const ICONS = { saved: "ok", handed_in: "ok", saving: "busy", waiting: "away", waiting_unkept: "away", refused: "warn",
  editing: "pen", taken_back: "pen" };

/** An element: attributes, `on…` listeners and other properties, then children (a string becomes text, never HTML). */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in node && !name.includes("-")) node[name] = value;
    else if (value !== null && value !== false) node.setAttribute(name === "class" ? "class" : name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** One of the drawings in door.html; always beside words. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Puts `nodes` into `parent`, in this order, moving only what is not in its place. */
export function arrange(parent, nodes) {
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}

let groups = 0;

/**
 * Chips to choose from. One of them: choosing it again clears it (Delete does too); `several`: any number.
 * @returns {{node: HTMLElement, show: (value: any) => void}}
 */
export function chips({ legend, options, several = false, clearable = true, pick, className = "" }) {
  const name = `g${(groups += 1)}`;
  let chosen = several ? [] : null;
  const has = (id) => (several ? chosen.includes(id) : chosen === id);
  const choose = (id) => {
    if (several) chosen = has(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    else chosen = has(id) && clearable ? null : id;
    boxes.forEach(([one, box]) => { box.checked = has(one); });
    pick(chosen);
  };
  const boxes = options.map(({ id }) => [id, el("input", {
    type: several ? "checkbox" : "radio", name, value: String(id), onclick: () => choose(id),
    onkeydown: (event) => {
      if (clearable && !several && ["Delete", "Backspace"].includes(event.key) && has(id)) choose(id);
    },
  })]);
  const labels = options.map(({ text }, i) => el("label", { class: "chip" }, boxes[i][1], text));
  const node = el("fieldset", { class: `chips ${className}` }, el("legend", {}, legend), el("div", { class: "row" }, ...labels));
  const show = (value) => {
    chosen = value ?? (several ? [] : null);
    boxes.forEach(([id, box]) => { box.checked = has(id); });
  };
  return { node, show };
}

// ---- what one answers with, by type: each gives a node, show(content) and focus() ----

function writing(prompt, label, change) {
  const area = el("textarea", { rows: prompt.type === "lang" ? 4 : 2, "aria-label": label, autocomplete: "off" });
  const grow = () => {
    area.style.height = "auto";
    if (area.scrollHeight) area.style.height = `${area.scrollHeight + 4}px`;
  };
  area.addEventListener("input", () => { grow(); change({ value: area.value }); });
  const show = ({ value }) => {
    if (area.value === (value ?? "")) return;
    const { selectionStart, selectionEnd } = area;
    area.value = value ?? "";
    if (document.activeElement === area) area.setSelectionRange(selectionStart, selectionEnd);
    requestAnimationFrame(grow);
  };
  return { node: area, show, focus: () => { area.focus(); area.setSelectionRange(area.value.length, area.value.length); } };
}

function choosing(prompt, label, change, words) {
  const scale = prompt.type === "schaal5";
  const ends = (scale && prompt.scale ? prompt.scale : []).map(words.both);
  const options = scale ? [1, 2, 3, 4, 5].map((id) => ({ id, text: String(id) })).concat({ id: "geen_zicht", text: words.t("no_view") })
    : prompt.options.map(({ id, text }) => ({ id, text: words.both(text) }));
  const group = chips({ legend: ends.length ? `${label} (1: ${ends[0]}, 5: ${ends[1]})` : label, options,
    several: prompt.type === "meerkeuze", pick: (value) => change({ value }), className: scale ? "bare scale" : "bare" });
  const below = el("p", { class: "ends", "aria-hidden": "true" }, ...ends.map((end, i) => el("span", {}, `${i ? 5 : 1} = ${end}`)));
  const node = el("div", {}, group.node, ends.length ? below : null);
  return { node, show: ({ value }) => group.show(value), focus: () => node.querySelector("input").focus() };
}

function domaining(prompt, label, change, words) {
  let now = {};
  const certainties = CERTAINTIES.map((id) => ({ id, text: words.t(`certainty_${id}`) }));
  const rows = prompt.options.map(({ id, text }) => {
    const pick = (value) => {
      now = { ...now, [id]: value };
      if (!value) delete now[id];
      change({ domains: Object.keys(now).length ? now : null });
    };
    return [id, chips({ legend: words.both(text), options: certainties, pick, className: "domain" })];
  });
  const node = el("div", { class: "domains", role: "group", "aria-label": label }, ...rows.map(([, row]) => row.node));
  const show = ({ domains }) => {
    now = { ...domains };
    rows.forEach(([id, row]) => row.show(now[id]));
  };
  return { node, show, focus: () => node.querySelector("input").focus() };
}

const EDITORS = { keuze: choosing, meerkeuze: choosing, schaal5: choosing };
const editorFor = (prompt) => (prompt.domains ? domaining : EDITORS[prompt.type] ?? writing);
const isText = (prompt) => !prompt.domains && !EDITORS[prompt.type];

/** Whether something stands there that could be handed in. */
export function filled(shown) {
  const { value, domains } = shown;
  if (domains && Object.keys(domains).length) return true;
  return typeof value === "string" || Array.isArray(value) ? value.length > 0 && String(value).trim() !== "" : value !== null;
}

const started = (shown) => filled(shown) || Boolean(shown.source || shown.status);

/** What was given, in words. */
function summary(prompt, shown, words) {
  const nameOf = (id) => words.both(prompt.options.find((option) => option.id === id)?.text) || String(id);
  if (prompt.domains) {
    return CERTAINTIES.map((how) => {
      const those = prompt.options.filter(({ id }) => shown.domains?.[id] === how).map(({ text }) => words.both(text));
      return those.length ? `${words.t(`certainty_${how}`)}: ${those.join(", ")}` : "";
    }).filter(Boolean).join("\n");
  }
  if (prompt.type === "schaal5") {
    return shown.value === "geen_zicht" ? words.t("no_view") : words.t("out_of_five", { n: shown.value });
  }
  if (isText(prompt)) return shown.value ?? "";
  return [shown.value ?? []].flat().map(nameOf).join(" · ");
}

/** One answer. Its elements live as long as the answer does, wherever on the sheet it goes. */
class Card {
  constructor(sheet, prompt, id) {
    Object.assign(this, { sheet, prompt, id });
    const { words, outbox } = sheet;
    const change = (patch) => outbox.write(id, patch);
    const label = words.both(prompt.question) || words.t("earlier_step");
    const link = (key, onclick) => el("button", { type: "button", class: "link", onclick }, words.t(key));
    this.editor = editorFor(prompt)(prompt, label, change, words);
    this.extras = this.#extras(change);
    this.said = el("span", { class: "said" });
    this.count = el("span", { class: "count" });
    this.text = el("p", { class: "text" });
    this.note = el("p", { class: "note", hidden: true });
    this.given = el("p", { class: "links" },
      this.change = link("change", () => { outbox.edit(id, true); this.focus(); }),
      this.back = link("take_back", () => { outbox.takeBack(id); this.focus(); }));
    this.choices = el("p", { class: "links" },
      this.hand = el("button", { type: "button", class: "small", onclick: () => sheet.handIn([this]) }, words.t("hand_in")),
      this.cancel = link("leave_as_was", () => { outbox.edit(id, false); this.change.focus(); }),
      this.drop = link("discard", () => { outbox.discard(id); sheet.open[0]?.focus(); }));
    this.writes = el("div", { class: "writes" }, this.editor.node, ...this.extras.map(({ node }) => node));
    this.node = el("li", { class: "card", "data-kind": prompt.kind ?? "overig", "data-id": id }, this.text, this.writes, this.note,
      el("div", { class: "foot" }, this.said, this.count, this.given, this.choices));
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); sheet.handIn([this], true); }
    });
    this.node.addEventListener("focusout", () => outbox.flush({ now: !outbox.fails }));
  }

  #extras(change) {
    const { prompt, sheet: { words } } = this;
    const some = (key, ids, field) => {
      const options = ids.map((id) => ({ id, text: words.t(`${field}_${id}`) }));
      const group = chips({ legend: words.t(key), options, pick: (value) => change({ [field]: value }) });
      return { node: group.node, show: (shown) => group.show(shown[field]) };
    };
    const extras = [];
    if (prompt.source) extras.push(some("where_is_it", SOURCES, "source"));
    if (prompt.status) extras.push(some("do_you", STATUSES, "status"));
    if (prompt.link) extras.push(this.#linking(change));
    return extras;
  }

  #linking(change) {
    const { prompt, sheet } = this;
    const select = el("select", { onchange: () => change({ link: select.value || null }) });
    const kind = sheet.known[prompt.link]?.kind === "hindernis" ? "belongs_to_hindrance" : "belongs_to";
    const node = el("label", { class: "linking" }, el("span", {}, sheet.words.t(kind)), select);
    const show = (shown) => {
      const options = [["", sheet.words.t("none")], ...sheet.outboxOf(prompt.link)
        .filter((entry) => entry.state !== "withdrawn" && filled(sheet.outbox.shown(entry)))
        .map((entry) => [entry.id, String(sheet.outbox.shown(entry).value)])];
      // Only when the list differs: an open list must not close under somebody's finger.
      if (JSON.stringify(options) !== select.dataset.options) {
        select.dataset.options = JSON.stringify(options);
        select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
        node.hidden = options.length < 2;
      }
      if (select.value !== (shown.link ?? "")) select.value = shown.link ?? "";
    };
    return { node, show };
  }

  get entry() { return this.sheet.outbox.entries.get(this.id); }

  get shown() { return this.sheet.outbox.shown(this.entry); }

  get open() { return this.entry.state !== "submitted" || Boolean(this.entry.edit); }

  get limit() { return isText(this.prompt) ? this.prompt.max_chars ?? MAX_CHARS[this.prompt.type] ?? null : null; }

  /** How many characters too many; code points, as the server counts. */
  get over() { return this.limit ? Math.max(0, [...String(this.shown.value ?? "").trim()].length - this.limit) : 0; }

  focus() { this.editor.focus(); }
  /** @param {"sheet"|"park"|"left"} place where on the sheet the card is */
  update(place = this.place ?? "sheet") {
    this.place = place;
    const { entry, shown, open, prompt } = this;
    const { words, outbox } = this.sheet;
    const word = outbox.word(entry);
    const writable = open && (place !== "left" || isText(prompt)); // a long list of choices is only summed up when left behind
    this.text.hidden = writable;
    this.writes.hidden = !writable;
    if (writable) [this.editor, ...this.extras].forEach((part) => part.show(shown));
    else this.text.textContent = summary(prompt, shown, words);
    const about = open ? [] : [shown.source && words.t(`source_${shown.source}`), shown.status && words.t(`status_${shown.status}`)];
    const state = word === "handed_in" && prompt.scope === "table" ? "given_by_table" : word;
    const saying = started(shown) || word === "refused" ? state : null;
    const phone = word === "waiting" && matchMedia("(max-width: 40rem)").matches;
    const why = entry.problem === "?" ? "" : entry.problem;
    const sentence = word === "refused" ? words.t("refused", { why }) : saying && words.t(phone ? "waiting_phone" : saying);
    this.#say(saying && word, [sentence, ...about].filter(Boolean).join(" · "));
    this.count.hidden = !writable || !this.limit;
    this.count.textContent = this.over ? words.t("over", { n: this.over }) : `${[...String(shown.value ?? "")].length} / ${this.limit}`;
    this.node.classList.toggle("over", this.over > 0);
    this.given.hidden = open;
    this.back.hidden = entry.mine === false;
    this.choices.hidden = !open || (place === "sheet" && !entry.edit && entry.state !== "withdrawn");
    this.hand.hidden = place === "sheet";
    this.hand.textContent = words.t(place === "park" ? "park_it" : "hand_in");
    this.hand.setAttribute("aria-disabled", String(this.over > 0 || !filled(shown)));
    this.cancel.hidden = !entry.edit;
    this.drop.hidden = Boolean(entry.edit) || !started(shown);
  }

  #say(word, sentence) {
    if (this.said.dataset.said === sentence) return;
    this.said.dataset.said = sentence;
    this.said.dataset.word = word ?? "";
    this.said.replaceChildren(...(word ? [icon(ICONS[word]), sentence] : []));
  }

  /** Says beside the card that its text became another, until something is written again. */
  tell(key) {
    this.note.textContent = this.sheet.words.t(key);
    this.note.hidden = false;
    this.node.addEventListener("input", () => { this.note.hidden = true; }, { once: true });
  }
}

export class Sheet {
  /**
   * @param {HTMLElement} root holds [data-part=left], [data-part=prompts] and [data-part=park]
   * @param {object} outbox @param {{t: Function, both: Function}} words
   * @param {{handedIn: () => void, tell: (key: string, values?: object) => void}} hear
   */
  constructor(root, outbox, words, hear) {
    Object.assign(this, { outbox, words, hear, prompts: [], park: null });
    this.parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.known = outbox.shelf.get("prompts") ?? {}; // what was asked before, for drafts that stayed behind
    this.cards = new Map();
    this.sections = new Map();
    Object.values(this.parts).forEach((part) => part.replaceChildren());
  }

  /** My (or my table's) answers to a prompt, those that are there. */
  outboxOf(prompt) {
    const { entries } = this.outbox;
    return [...entries.values()].filter((entry) => entry.prompt === prompt && entry.revision
      && (entry.state !== "withdrawn" || started(this.outbox.shown(entry))));
  }

  #card(prompt, id) {
    if (!this.cards.has(id)) this.cards.set(id, new Card(this, prompt, id));
    return this.cards.get(id);
  }

  // The cards of a prompt: what is there, and one empty card as long as there may be more.
  #cardsOf(prompt, place) {
    const max = isText(prompt) ? prompt.max : 1;
    const there = this.outboxOf(prompt.id).map(({ id }) => id);
    const blank = there.length < max && this.outbox.blank(prompt.id).id;
    const waiting = there.map((id) => this.#card(prompt, id)).some((card) => card.open && !card.entry.edit);
    const ids = blank && !waiting ? [...there, blank] : there;
    const cards = ids.map((id) => this.#card(prompt, id));
    cards.forEach((card) => card.update(place));
    return cards;
  }

  #section(key, prompt, question, className) {
    if (!this.sections.has(key)) {
      const title = el("h2", { class: "question" }, question);
      const hint = el("p", { class: "hint", hidden: !prompt.hint || className === "left" }, this.words.both(prompt.hint));
      const list = el("ul", { class: "cards" });
      this.sections.set(key, { node: el("section", { class: className, "data-kind": prompt.kind }, title, hint, list), title, list });
    }
    return this.sections.get(key);
  }

  /** Draws what the room is at. What somebody is writing keeps its element, its focus and its caret. */
  render({ prompts, park, heading }) {
    Object.assign(this, { prompts, park });
    const before = JSON.stringify(this.known);
    for (const prompt of [...prompts, ...(park ? [park] : [])]) this.known[prompt.id] = prompt;
    if (JSON.stringify(this.known) !== before) this.outbox.shelf.set("prompts", this.known);
    keepFocus(() => {
      const draw = (prompt, place) => {
        const section = this.#section(prompt.id, prompt, this.words.both(prompt.question), "prompt");
        section.title.classList.toggle("unseen", heading === section.title.textContent);
        arrange(section.list, this.#cardsOf(prompt, place).map(({ node }) => node));
        return section.node;
      };
      this.#drawLeft();
      arrange(this.parts.prompts, prompts.filter(({ scope }) => scope !== "room").map((prompt) => draw(prompt, "sheet")));
      arrange(this.parts.park, park ? [draw(park, "park")] : []);
    });
  }

  // Drafts of steps the room has left: hand in or throw away. They are asked about here, and stay until answered.
  #drawLeft() {
    const here = new Set([...this.prompts, ...(this.park ? [this.park] : [])].map(({ id }) => id));
    const open = [...this.outbox.entries.values()].filter((entry) => entry.revision && !here.has(entry.prompt)
      && (entry.edit || (entry.state === "draft" && started(entry))));
    const asked = new Map();
    for (const entry of open) asked.set(entry.prompt, [...(asked.get(entry.prompt) ?? []), entry]);
    const nodes = [...asked].map(([id, entries]) => {
      const prompt = this.known[id] ?? { id, type: "lang", max_chars: null, question: null, options: [] };
      const question = this.words.both(prompt.question) || this.words.t("earlier_step");
      const section = this.#section(`left ${id}`, prompt, this.words.t("left_behind", { question }), "left");
      const cards = entries.map((entry) => this.#card(prompt, entry.id));
      cards.forEach((card) => card.update("left"));
      arrange(section.list, cards.map((card) => card.node));
      return section.node;
    });
    arrange(this.parts.left, nodes);
  }

  /** The cards of the step that can still be written in. */
  get open() {
    return this.prompts.flatMap(({ id }) => [...this.cards.values()].filter((card) => card.prompt.id === id
      && card.place === "sheet" && card.node.isConnected && card.open));
  }

  /** Where somebody is writing: the answer and the place in it. */
  get caret() {
    const area = document.activeElement;
    const id = area?.matches("textarea") && area.closest("[data-id]")?.dataset.id;
    return id ? { id, at: [area.selectionStart, area.selectionEnd] } : null;
  }

  takeCaret(caret) {
    const area = caret && this.cards.get(caret.id)?.node.querySelector("textarea");
    if (!area?.isConnected || document.activeElement !== document.body) return;
    area.focus();
    area.setSelectionRange(...caret.at);
  }

  /** Hands these cards in; what cannot be is left, with the reason. By keyboard one goes on to what comes next. */
  handIn(cards = this.open, goOn = false) {
    const some = cards.filter((card) => filled(card.shown));
    const good = some.filter((card) => !card.over);
    good.forEach((card) => this.outbox.handIn(card.id));
    if (!some.length) this.hear.tell("write_first");
    if (good.length < some.length) this.hear.tell("too_long");
    if (good.length) this.hear.handedIn(some.length - good.length);
    const next = some.find((card) => card.over) ?? (goOn || !some.length ? this.open[0] : null);
    if (next) next.focus();
  }
}

/** Moving an element takes its focus away: this gives it back, with the caret. */
function keepFocus(move) {
  const active = document.activeElement;
  const caret = active?.matches?.("textarea") ? [active.selectionStart, active.selectionEnd] : null;
  move();
  if (!active || active === document.activeElement || !active.isConnected) return;
  active.focus({ preventScroll: true });
  if (caret) active.setSelectionRange(...caret);
}
