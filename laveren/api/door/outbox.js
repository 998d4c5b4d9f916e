// The line to the server: what somebody writes is on this device at once and on the server soon, and what the room is
// at comes in, whatever the network does.

const PAUSE = 1000; // ms without a keystroke before a draft goes out
const OTHER_TAB = 5000; // ms in which the tab that wrote it may send it first
const LONGEST_WAIT = 15000; // ms between two tries
const SILENCE = 20; // s without a word from the stream before we ask ourselves
const POLL = 5; // s between two such questions
const HICCUP = 4; // s for which a connection may be away without a word
export const EMPTY = { value: null, source: null, status: null, link: null, domains: null, dissent: null };

/**
 * @typedef {object} Entry an answer as this device knows it. `revision`: its newest, counted up with every keystroke;
 * `acked`: the newest the server has on disk; `edit`: a change to an answer that stays handed in meanwhile;
 * `problem`: why the server did not take it, in words; else as in the HTTP surface.
 */

/** Asks the server. Status 0: nobody answered in time. @returns {Promise<{status: number, body: any}>} */
export async function call(method, path, body = null, { receipt = null, keepalive = false, patience = 10000 } = {}) {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), patience);
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (receipt) headers.Authorization = `Bearer ${receipt}`;
  try {
    const reply = await fetch(path, {
      method, headers, keepalive, cache: "no-store", credentials: "same-origin", redirect: "manual",
      signal: impatience.signal, body: body && JSON.stringify(body),
    });
    return { status: reply.status, body: await reply.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

/** A UUID, version 4. `crypto.randomUUID` does not exist on plain http. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function attempt(work, otherwise) {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** A browser's storage under one prefix. It may be closed to us or full: then nothing breaks and `works` is false. */
export class Shelf {
  constructor(kind, prefix) {
    this.prefix = prefix;
    this.storage = attempt(() => window[kind], null);
    this.set("try", 1);
    this.remove("try");
  }

  get(key) {
    return attempt(() => JSON.parse(this.storage.getItem(this.prefix + key)), null);
  }

  set(key, value) {
    this.works = attempt(() => this.storage.setItem(this.prefix + key, JSON.stringify(value)) === undefined, false);
  }

  remove(key) {
    attempt(() => this.storage.removeItem(this.prefix + key));
  }

  keys() {
    const { prefix } = this;
    return attempt(() => Object.keys(this.storage), []).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }
}

export const seconds = () => Date.now() / 1000;
const dirty = (entry) => entry.revision > entry.acked;

/** The content alone, in one shape whoever wrote it down, so that two can be compared. */
function content(answer) {
  const sorted = (many) => Object.entries(many ?? {}).sort();
  const { value, dissent } = answer;
  const said = typeof value === "string" ? value.trim() : typeof value === "number" ? value : sorted(value);
  return JSON.stringify([said || [], answer.source ?? null, answer.status ?? null, answer.link ?? null, sorted(answer.domains), dissent?.trim() || null]);
}

export class Outbox {
  /**
   * @param {string} code the workshop's
   * @param {{changed: (entry: Entry|null) => void, noted: (entry: Entry, what: string) => void, unknown: () => void}} hear
   */
  constructor(code, hear) {
    this.hear = hear;
    this.shelf = new Shelf("localStorage", `laveren:${code}:`);
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    this.receipt = null; // sent along once the meeting is closed and the cookie no longer counts
    this.asleep = false; // the server does not know us: nothing goes out until it does
    this.fails = this.blocked = 0; // failed tries in a row, and no new one before this moment
    for (const key of this.shelf.keys().filter((name) => name.startsWith("a:"))) {
      const kept = this.shelf.get(key);
      if (kept?.id) this.entries.set(kept.id, { ...this.#new(kept.id, kept.prompt), ...kept, problem: null });
    }
    this.ears = new AbortController();
    const on = (target, type, heard) => target.addEventListener(type, heard, { signal: this.ears.signal });
    on(window, "online", () => this.hurry());
    on(window, "offline", () => this.hear.changed(null));
    on(window, "pagehide", () => this.flush({ now: true, keepalive: true }));
    on(document, "visibilitychange", () => this.flush({ now: true, keepalive: document.hidden }));
    on(window, "storage", (event) => this.#otherTab(event));
    this.#plan();
  }

  #new(id, prompt) {
    return { id, prompt, state: "draft", revision: 0, acked: 0, mine: true, edit: null, problem: null, due: 0, ...EMPTY };
  }

  /** What the writer sees: the change under way, or the answer itself. */
  shown(entry) {
    return entry.edit ?? entry;
  }

  /** An empty answer to a prompt; it exists for nobody until something is written in it. */
  blank(prompt) {
    for (const entry of this.entries.values()) if (entry.prompt === prompt && !entry.revision) return entry;
    const entry = this.#new(newId(), prompt);
    this.entries.set(entry.id, entry);
    return entry;
  }

  /** A keystroke or a choice. What is handed in stays as it is for the room until the change is handed in. */
  write(id, patch) {
    const entry = this.entries.get(id);
    if (entry.state === "submitted") {
      entry.edit = { ...(entry.edit ?? pick(entry)), ...patch };
      this.#keep(entry);
      this.hear.changed(entry);
    } else {
      this.#next(entry, { ...patch, state: "draft" }, PAUSE);
    }
  }

  /** Hands in what stands there now. */
  handIn(id) {
    const entry = this.entries.get(id);
    this.#next(entry, { ...pick(this.shown(entry)), state: "submitted", edit: null }, 0);
  }

  /** Takes back what was handed in; the words stay, with the writer alone. */
  takeBack(id) {
    this.#next(this.entries.get(id), { state: "withdrawn", edit: null }, 0);
  }

  /** Throws an answer away, or the change to it. */
  discard(id) {
    const entry = this.entries.get(id);
    if (entry.edit) this.edit(id, false);
    else this.#next(entry, { ...EMPTY, state: "withdrawn" }, 0);
  }

  /** Begins to change what is handed in, or (`on` false) leaves it as it was. */
  edit(id, on) {
    const entry = this.entries.get(id);
    entry.edit = on ? pick(entry) : null;
    this.#keep(entry);
    this.hear.changed(entry);
  }

  /** How it stands with an answer's text, as the key of a sentence. */
  word(entry) {
    if (entry.problem) return "refused";
    if (entry.edit) return "editing";
    if (!dirty(entry)) return { submitted: "handed_in", withdrawn: "taken_back", draft: "saved" }[entry.state];
    if (this.fails || this.asleep || !navigator.onLine) return this.shelf.works ? "waiting" : "waiting_unkept";
    return "saving";
  }

  get unsent() {
    return [...this.entries.values()].filter((entry) => dirty(entry) && !entry.problem);
  }

  /** Resolves to whether everything was sent within `patience` ms. */
  async drained(patience) {
    const end = Date.now() + patience;
    this.hurry();
    while (this.unsent.length && Date.now() < end) await new Promise((wake) => setTimeout(wake, 100));
    return !this.unsent.length;
  }

  /** What the server has for certain: these must be in all that it sends from now on. */
  get settled() {
    return [...this.entries.values()].filter((entry) => entry.acked && !dirty(entry) && !entry.edit).map(({ id }) => id);
  }

  /**
   * What the server has is laid beside what is here; of two that differ, the newer or the unsent stays. What was
   * `settled` before it was asked and is no longer there, is mine no more: another table's, or kept as a total only.
   */
  merge(answers, settled = []) {
    for (const answer of answers) this.#meet(answer);
    const there = new Set(answers.map(({ id }) => id));
    for (const id of settled) if (!there.has(id) && !dirty(this.entries.get(id))) this.entries.delete(id);
    this.asleep = false;
    this.hear.changed(null);
    this.#plan();
  }

  /** Forgets this workshop on this device. */
  wipe() {
    for (const key of this.shelf.keys()) this.shelf.remove(key);
  }

  /** Another outbox takes over. */
  stop() {
    this.ears.abort();
    this.asleep = true;
    clearTimeout(this.timer);
  }

  /** The connection may be back: no more waiting. */
  hurry() {
    this.fails = this.blocked = 0;
    this.flush({ now: true });
  }

  /** Sends what is due; one request per answer at a time, and always its last state. */
  flush({ now = false, keepalive = false } = {}) {
    const time = Date.now();
    for (const entry of this.unsent) {
      const due = now || Math.max(entry.due, this.blocked) <= time;
      if (due && !this.asleep && (keepalive || !entry.busy) && this.#linkIsThere(entry)) this.#send(entry, keepalive);
    }
    this.#plan();
  }

  // An answer that hangs on another goes after it, or the server would not know what it hangs on.
  #linkIsThere(entry) {
    const target = entry.link && this.entries.get(entry.link);
    return !target || target.acked > 0 || Boolean(target.problem);
  }

  #next(entry, patch, pause) {
    Object.assign(entry, patch, { revision: Math.max(entry.revision, entry.acked) + 1, problem: null });
    entry.due = Date.now() + pause;
    this.#keep(entry);
    if (pause) this.#plan();
    else this.flush();
    this.hear.changed(entry);
  }

  #keep(entry) {
    if (dirty(entry) || entry.edit) {
      const { busy, due, ...lasting } = entry;
      this.shelf.set(`a:${entry.id}`, lasting);
    } else {
      this.shelf.remove(`a:${entry.id}`);
    }
  }

  #plan() {
    clearTimeout(this.timer);
    const waiting = this.unsent.filter((entry) => !entry.busy && this.#linkIsThere(entry));
    if (!waiting.length || this.asleep) return;
    const soonest = Math.min(...waiting.map((entry) => Math.max(entry.due, this.blocked)));
    this.timer = setTimeout(() => this.flush(), Math.max(0, soonest - Date.now()));
  }

  async #send(entry, keepalive) {
    const { revision, state, prompt, value } = entry;
    const body = { revision, state, prompt, value };
    for (const field of ["source", "status", "link", "domains", "dissent"]) if (entry[field]) body[field] = entry[field];
    entry.busy = true;
    const reply = await call("PUT", `/api/answers/${entry.id}`, body, { receipt: this.receipt, keepalive });
    entry.busy = false;
    if (this.entries.get(entry.id) === entry) this.#heard(entry, revision, reply);
  }

  #heard(entry, sent, { status, body }) {
    const newer = status === 409 ? body?.answer : status === 200 && body && "value" in body ? body : null;
    if (newer) {
      this.fails = this.blocked = 0;
      this.#meet({ ...pick(newer), ...newer, id: entry.id });
    } else if (status === 200) {
      this.fails = this.blocked = 0;
      entry.acked = Math.max(entry.acked, sent);
      this.#keep(entry);
    } else if (status === 401) {
      this.asleep = true;
      this.hear.unknown();
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      this.#refuse(entry, sent, body);
    } else {
      this.fails += 1;
      const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** (this.fails - 1));
      this.blocked = Date.now() + wait * (1 + Math.random() / 3); // so that a whole room does not come back at once
    }
    this.hear.changed(entry);
    this.#plan();
  }

  // A refusal about older words says nothing of the newer. What cannot be handed in is kept as a draft, with the reason.
  #refuse(entry, sent, body) {
    if (sent !== entry.revision) return;
    const reason = Object.values(body?.fields ?? {})[0] ?? body?.message ?? "";
    if (entry.state === "submitted") this.#next(entry, { state: "draft" }, 0);
    entry.problem = entry.state === "withdrawn" ? null : reason || "?";
    if (entry.state === "withdrawn") entry.acked = entry.revision;
    this.#keep(entry);
  }

  #meet(theirs) {
    const ours = this.entries.get(theirs.id);
    if (!ours) {
      this.entries.set(theirs.id, { ...this.#new(theirs.id, theirs.prompt), ...theirs, acked: theirs.revision });
      return;
    }
    ours.mine = theirs.mine ?? ours.mine;
    ours.scope = theirs.scope ?? ours.scope;
    const same = content(ours) === content(theirs) && ours.state === theirs.state;
    if (same) {
      ours.revision = ours.acked = Math.max(ours.revision, theirs.revision);
    } else if (theirs.revision < ours.revision) {
      return; // it was on its way before our last word
    } else if (dirty(ours)) {
      ours.revision = theirs.revision + 1; // both changed: what is on the screen stays, above theirs
      ours.acked = theirs.revision;
      this.hear.noted(ours, "kept_yours");
    } else {
      Object.assign(ours, pick(theirs), { state: theirs.state, revision: theirs.revision, acked: theirs.revision });
      this.hear.noted(ours, theirs.scope === "table" ? "changed_by_table" : "changed_elsewhere");
    }
    this.#keep(ours);
  }

  // Two tabs of one participant write on the same shelf: each follows what the other writes.
  #otherTab(event) {
    if (!event.key?.startsWith(`${this.shelf.prefix}a:`)) return;
    const kept = JSON.parse(event.newValue ?? event.oldValue);
    const ours = this.entries.get(kept.id);
    if (event.newValue === null) {
      if (ours) ours.acked = Math.max(ours.acked, Math.min(ours.revision, kept.revision));
    } else if (!ours || kept.revision >= ours.revision) {
      const entry = Object.assign(ours ?? this.#new(kept.id, kept.prompt), kept, { due: Date.now() + OTHER_TAB });
      this.entries.set(kept.id, entry);
    }
    this.hear.changed(null);
    this.#plan();
  }
}

/** The content of an answer, nothing else. */
function pick(answer) {
  return Object.fromEntries(Object.keys(EMPTY).map((field) => [field, answer[field] ?? null]));
}

/** What the room is at, as it comes in. When the stream is silent we ask, until it is back: some proxies hold streams. */
export class Line {
  /** @param {{step: (room: object) => void, worksheet: () => void, heard: () => void}} hear */
  constructor(code, hear) {
    this.address = `/api/live?workshop=${code}&topic=step`;
    Object.assign(this, { hear, heardAt: seconds(), asked: 0, answered: 0, broken: 0 });
    this.#open();
  }

  #open() {
    this.stream?.close();
    this.opened = seconds();
    this.stream = new EventSource(this.address, { withCredentials: true });
    const on = (type, then) => this.stream.addEventListener(type, (event) => {
      this.heardAt = seconds();
      this.hear.heard();
      then?.(event);
    });
    on("open", () => {
      if (this.broken) setTimeout(this.hear.worksheet, Math.random() * 2000); // a whole room comes back at once
      this.broken = 0;
    });
    on("step", (event) => this.hear.step(JSON.parse(event.data)));
    on("table", () => setTimeout(this.hear.worksheet, Math.random() * 500));
    on("beat");
    this.stream.addEventListener("error", () => { this.broken ||= seconds(); });
  }

  /** Whether the connection is really away: no stream, and no answer either. */
  get away() {
    return !navigator.onLine || (this.broken > 0 && seconds() - Math.max(this.broken, this.answered + POLL) > HICCUP);
  }

  /** Once a second: is it too silent? */
  async tick() {
    const silent = seconds() - this.heardAt > SILENCE || (this.broken && seconds() - this.broken > HICCUP / 2);
    if (!silent || seconds() - this.asked < POLL) return;
    this.asked = seconds();
    const { status, body } = await call("GET", this.address);
    if (status !== 200) this.broken ||= seconds();
    else this.answered = seconds();
    if (status === 200) this.hear.step(body);
    if (this.stream.readyState === 2 || seconds() - this.opened > 3 * SILENCE) this.#open();
  }

  stop() {
    this.stream.close();
  }
}
