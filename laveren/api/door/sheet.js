// The worksheet: draws any prompt of a method as cards, and never disturbs what somebody is writing.
import { arrange, chips, editorFor, el, filled, icon, isText, summary } from "./editors.js";

const SOURCES = ["wet", "beleid", "werkproces", "keten", "gewoonte", "mandaat", "twijfel"];
const STATUSES = ["doe_ik", "mag", "weet_niet", "nodig"];
const MAX_CHARS = { kort: 140, lang: 400 };
const MAX_DISSENT = 140;
const ICONS = { saved: "ok", handed_in: "ok", saving: "busy", waiting: "away", waiting_unkept: "away", refused: "warn",
  editing: "pen", taken_back: "pen" };

const started = (shown, prompt) => filled(shown, prompt) || Boolean(shown.source || shown.status);
const isNote = (id) => id.endsWith(".notitie"); // own notes: never asked about, never handed in

/** One answer. Its elements live as long as the answer does, wherever on the sheet it goes. */
class Card {
  constructor(sheet, prompt, id) {
    Object.assign(this, { sheet, prompt, id });
    const { words, outbox } = sheet;
    const change = (patch) => outbox.write(id, patch);
    const label = words.both(prompt.question) || words.t("earlier_step");
    const link = (key, onclick) => el("button", { type: "button", class: "link", onclick }, words.t(key));
    const earlier = () => sheet.outboxOf(prompt.link).find(({ state }) => state !== "withdrawn") ?? null;
    this.editor = editorFor(prompt, { label, change, words, tell: sheet.hear.tell, earlier });
    this.extras = this.#extras(change);
    this.said = el("span", { class: "said" });
    this.count = el("span", { class: "count" });
    this.text = el("p", { class: "text" });
    this.unlike = el("p", { class: "unlike" });
    this.note = el("p", { class: "note", hidden: true });
    this.given = el("p", { class: "links" },
      this.change = link("change", () => { outbox.edit(id, true); this.focus(); }),
      this.back = link("take_back", () => { outbox.takeBack(id); this.focus(); }));
    this.choices = el("p", { class: "links" },
      this.hand = el("button", { type: "button", class: "small", onclick: () => sheet.handIn([this]) }, words.t("hand_in")),
      this.cancel = link("leave_as_was", () => { outbox.edit(id, false); this.change.focus(); }),
      this.drop = link("discard", () => { outbox.discard(id); sheet.open[0]?.focus(); }));
    this.object = link("not_everybody", () => this.#disagree());
    this.writes = el("div", { class: "writes" }, this.editor.node, ...this.extras.map(({ node }) => node));
    this.node = el("li", { class: "card", "data-kind": prompt.kind ?? "overig", "data-id": id },
      this.text, this.unlike, this.writes, this.note, el("div", { class: "foot" }, this.said, this.count, this.object, this.given, this.choices));
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); if (this.may) sheet.handIn([this], true); }
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
    if (prompt.link && !["driehoek", "stippen"].includes(prompt.type)) extras.push(this.#linking(change));
    if (prompt.scope === "table" && isText(prompt)) extras.push(this.#dissenting(change));
    return extras;
  }

  /** What not everybody at the table agrees with; the field comes when asked for. */
  #dissenting(change) {
    const field = el("input", { type: "text", maxLength: MAX_DISSENT, autocomplete: "off" });
    field.addEventListener("input", () => change({ dissent: field.value.trim() ? field.value : null }));
    const node = el("label", { class: "linking dissent" }, el("span", {}, this.sheet.words.t("dissent")), field);
    const show = ({ dissent }) => {
      if (field.value.trim() !== (dissent ?? "").trim()) field.value = dissent ?? "";
      node.hidden = !dissent && !this.disagrees;
    };
    this.dissent = field;
    return { node, show };
  }

  #disagree() {
    this.disagrees = true;
    if (this.open) this.update();
    else this.sheet.outbox.edit(this.id, true);
    this.dissent.focus();
  }

  #linking(change) {
    const { prompt, sheet } = this;
    const select = el("select", { onchange: () => change({ link: select.value || null }) });
    const kind = sheet.known[prompt.link]?.kind === "hindernis" ? "belongs_to_hindrance" : "belongs_to";
    const node = el("label", { class: "linking" }, el("span", {}, sheet.words.t(kind)), select);
    const show = (shown) => {
      const options = [["", sheet.words.t("none")], ...sheet.outboxOf(prompt.link)
        .filter((entry) => entry.state !== "withdrawn" && filled(sheet.outbox.shown(entry), sheet.known[prompt.link]))
        .map((entry) => [entry.id, summary(sheet.known[prompt.link], sheet.outbox.shown(entry), sheet.words)])];
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

  /** Whether it may be handed in from where it is. */
  get may() { return !["note", "read"].includes(this.place); }

  get limit() { return isText(this.prompt) ? this.prompt.max_chars ?? MAX_CHARS[this.prompt.type] ?? null : null; }

  /** How many characters too many; code points, as the server counts. */
  get over() { return this.limit ? Math.max(0, [...String(this.shown.value ?? "").trim()].length - this.limit) : 0; }

  focus() { this.editor.focus(); }

  /** @param {"sheet"|"read"|"park"|"note"|"left"} place where on the sheet the card is; "read": another writes for the table */
  update(place = this.place ?? "sheet") {
    this.place = place;
    const { entry, shown, open, prompt } = this;
    const { words, outbox } = this.sheet;
    const word = outbox.word(entry);
    // What one chose is only summed up when it is left behind.
    const writable = open && place !== "read" && (place !== "left" || isText(prompt));
    this.text.hidden = writable;
    this.writes.hidden = !writable;
    this.unlike.hidden = writable || !shown.dissent;
    this.unlike.textContent = shown.dissent ? `${words.t("dissent")} ${shown.dissent}` : "";
    if (writable) [this.editor, ...this.extras].forEach((part) => part.show(shown, prompt));
    else this.text.textContent = summary(prompt, shown, words);
    const about = open ? [] : [shown.source && words.t(`source_${shown.source}`), shown.status && words.t(`status_${shown.status}`)];
    const state = word === "handed_in" && prompt.scope === "table" ? "given_by_table" : word;
    const saying = started(shown, prompt) || word === "refused" ? state : null;
    const phone = word === "waiting" && matchMedia("(max-width: 40rem)").matches;
    const why = entry.problem === "?" ? "" : entry.problem;
    const sentence = word === "refused" ? words.t("refused", { why }) : saying && words.t(phone ? "waiting_phone" : saying);
    this.#say(saying && word, [sentence, ...about].filter(Boolean).join(" · "));
    this.count.hidden = !writable || !this.limit;
    this.count.textContent = this.over ? words.t("over", { n: this.over }) : `${[...String(shown.value ?? "")].length} / ${this.limit}`;
    this.node.classList.toggle("over", this.over > 0);
    this.object.hidden = !this.dissent || place !== "sheet" || !filled(shown, prompt) || Boolean(shown.dissent) || (open && this.disagrees);
    this.given.hidden = open || place === "read";
    this.back.hidden = entry.mine === false;
    this.choices.hidden = !open || !this.may || (place === "sheet" && !entry.edit && entry.state !== "withdrawn");
    this.hand.hidden = place === "sheet";
    this.hand.textContent = words.t(place === "park" ? "park_it" : "hand_in");
    this.hand.setAttribute("aria-disabled", String(this.over > 0 || !filled(shown, prompt)));
    this.cancel.hidden = !entry.edit;
    this.drop.hidden = Boolean(entry.edit) || !started(shown, prompt);
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
   * @param {HTMLElement} root holds [data-part=left], [data-part=prompts], [data-part=park] and [data-part=note]
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
      && (entry.state !== "withdrawn" || started(this.outbox.shown(entry), this.known[prompt])));
  }

  #card(prompt, id) {
    if (!this.cards.has(id)) this.cards.set(id, new Card(this, prompt, id));
    return Object.assign(this.cards.get(id), { prompt }); // what there is to choose from may grow while one chooses
  }

  // The cards of a prompt: what is there, and one empty card as long as there may be more.
  #cardsOf(prompt, place) {
    const max = isText(prompt) ? prompt.max : 1;
    const there = this.outboxOf(prompt.id).map(({ id }) => id);
    const blank = place !== "read" && there.length < max && this.outbox.blank(prompt.id).id;
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
      const promise = prompt.confidential ? el("p", { class: "hint" }, this.words.t("confidential")) : null;
      const list = el("ul", { class: "cards" });
      this.sections.set(key, { node: el("section", { class: className, "data-kind": prompt.kind }, title, hint, promise, list), title, list });
    }
    return this.sections.get(key);
  }

  /**
   * Draws what the room is at. What somebody is writing keeps its element, its focus and its caret.
   * `reading`: what the table gives is only to be read, for somebody else writes it.
   */
  render({ prompts, park, note, heading, reading }) {
    Object.assign(this, { prompts, park });
    const before = JSON.stringify(this.known);
    for (const prompt of [...prompts, park, note].filter(Boolean)) this.known[prompt.id] = prompt;
    if (JSON.stringify(this.known) !== before) this.outbox.shelf.set("prompts", this.known);
    keepFocus(() => {
      const draw = (prompt, place) => {
        const section = this.#section(prompt.id, prompt, this.words.both(prompt.question), "prompt");
        section.title.classList.toggle("unseen", heading === section.title.textContent);
        arrange(section.list, this.#cardsOf(prompt, place).map(({ node }) => node));
        return section.node;
      };
      this.#drawLeft();
      const place = ({ scope }) => (reading && scope === "table" ? "read" : "sheet");
      arrange(this.parts.prompts, prompts.filter(({ scope }) => scope !== "room").map((prompt) => draw(prompt, place(prompt))));
      arrange(this.parts.park, park ? [draw(park, "park")] : []);
      arrange(this.parts.note, note ? [draw(note, "note")] : []);
    });
  }

  // Drafts of steps the room has left: hand in or throw away. They are asked about here, and stay until answered.
  #drawLeft() {
    const here = new Set([...this.prompts, ...(this.park ? [this.park] : [])].map(({ id }) => id));
    const open = [...this.outbox.entries.values()].filter((entry) => entry.revision && !here.has(entry.prompt) && !isNote(entry.prompt)
      && (entry.edit || (entry.state === "draft" && started(entry, this.known[entry.prompt]))));
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

  /** Whether something here is confidential. */
  get secrets() {
    return [...this.outbox.entries.values()].some(({ prompt, revision }) => revision && this.known[prompt]?.confidential);
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
    const some = cards.filter((card) => filled(card.shown, card.prompt));
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
