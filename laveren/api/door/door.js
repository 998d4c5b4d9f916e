// The light door itself: joining, what the room is at, who writes for the table.
import { arrange, chips, el, filled } from "./editors.js";
import { Line, Outbox, Shelf, call, seconds } from "./outbox.js";
import { $, both, drawCase, drawOutcome, drawTime, fold, joined, lang, mark, say, sayAll, seatOf, set, t } from "./page.js";
import { Sheet } from "./sheet.js";

const CODE_LENGTH = 6;
const session = new Shelf("sessionStorage", "laveren:");
const app = {
  screen: "wait", wanted: null, given: null, // the code in the address, and what the page brought along about it
  code: null, room: null, me: null, receipt: null, closed: false, fresh: false, outbox: null, sheet: null, line: null,
  meeting: false, again: false, tries: 0, offset: 0, done: new Map(), turned: 0, step: null, asking: false, word: { kind: "saved", at: 0 },
};

// What is typed is in the outbox or in its field: drawing all anew in the other language loses nothing.
function switchLanguage() {
  document.documentElement.lang = lang() === "nl" ? "en" : "nl";
  fetch(`/taal/${lang()}?terug=/api/health`, { credentials: "same-origin", redirect: "manual" }).catch(() => {});
  if (app.outbox) app.sheet = newSheet();
  sayAll();
  drawForm();
  if (app.room) draw();
}

// ---- joining, and changing one's role or table ----
const form = { found: null, looked: "", table: null, changing: false, asking: false };
const cleanCode = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

function drawForm() {
  const { found, changing } = form;
  const options = Array.from({ length: found?.workshop.groups ?? 0 }, (_, i) => ({ id: i + 1, text: String(i + 1) }));
  const pick = (id) => { form.table = id; };
  const group = chips({ legend: t("your_table"), options: [...options, { id: null, text: t("no_table_yet") }], pick,
    clearable: false, className: "tables" });
  group.show(form.table);
  arrange($("table"), options.length ? [group.node] : []);
  set("found", found && !changing ? found.workshop.title : "");
  set("join-title", t(changing ? "change_title" : "join_title"));
  set("join-hint", t(changing ? "change_hint" : "join_hint"));
  set("join-go", t(changing ? "keep_me" : "join"));
  $("ask-code").hidden = changing;
  $("join-back").hidden = $("other").hidden = !changing;
  $("sure").hidden = true;
}

/** The form to join with; or, for who is in already, to change role and table. */
function showForm(code, me = null) {
  Object.assign(form, { changing: Boolean(me), found: me && app.room, looked: me ? code : "", table: me?.group ?? null });
  $("code").value = code ?? "";
  $("join").elements.role.value = me?.role ?? "";
  set("join-said", "");
  drawForm();
  show("join");
  (me ? $("join-title") : $("code")).focus();
  lookUp();
}

/** Looks up the code as soon as it is whole: the title says that it is the right one, and how many tables there are. */
async function lookUp() {
  const code = cleanCode($("code").value);
  if (code === form.looked) return;
  Object.assign(form, { looked: code, found: null });
  set("join-said", "");
  if (code.length === CODE_LENGTH) {
    const { status, body } = given(code) ?? await call("GET", `/api/live?workshop=${code}&topic=step`);
    if (form.looked !== code) return;
    const gone = status === 200 && body.workshop.state === "gesloten";
    if (gone) set("join-said", t("gone"));
    else if (status === 200) form.found = body;
    else if (!status) form.looked = "";
    else set("join-said", refusal(status, body));
  }
  drawForm();
}

/** The room as the page brought it along, once: later it may be at something else. */
function given(code) {
  const text = code === app.wanted && app.given;
  app.given = null;
  return text ? { status: text === "null" ? 404 : 200, body: JSON.parse(text) } : null;
}

function refusal(status, body) {
  const key = { 0: "no_connection", 404: "unknown_code", 410: "gone", 429: "too_many" }[status];
  return key ? t(key) : body?.message ?? t("went_wrong");
}

async function join(event) {
  event.preventDefault();
  const complain = (text, field) => { set("join-said", text); field?.focus(); };
  const code = cleanCode($("code").value);
  const role = $("join").elements.role.value;
  if (!code) return complain(t("code_first"), $("code"));
  if (!role) return complain(t("role_first"), $("join").querySelector("[name=role]"));
  if (form.asking) return null; // a second click would make a second participant
  form.asking = true;
  const asked = { code, role, group: form.table };
  const { status, body } = await call("POST", "/api/join", app.fresh ? { ...asked, fresh: true } : asked);
  form.asking = false;
  if (status !== 200) return complain(refusal(status, body), status === 404 ? $("code") : null);
  come(body.code ?? code, body.receipt);
  app.outbox.shelf.remove("table"); // where one sits now is one's own choice
  return meet();
}

/** In, with a receipt. Who comes fresh finds nothing of the one before. */
function come(code, receipt) {
  openOutbox(code);
  if (app.fresh) {
    app.outbox.wipe();
    openOutbox(code, true);
    app.done.clear();
  }
  if (receipt) app.outbox.shelf.set("receipt", (app.receipt = receipt));
  app.fresh = app.closed = form.changing = false;
  app.outbox.receipt = app.wanted = null;
  session.remove("closed");
  show("wait");
}

/** The laptop goes to someone else: first everything of the one who wrote here must be safe. */
async function someoneElse() {
  if (!(await app.outbox.drained(6000))) return set("join-said", t("someone_else_wait"));
  app.fresh = true;
  return showForm(app.code);
}

function openOutbox(code, anew = false) {
  if (app.outbox && app.code === code && !anew) return;
  app.outbox?.stop();
  app.line?.stop();
  const noted = (entry, key) => app.sheet?.cards.get(entry.id)?.tell(key);
  Object.assign(app, { code, line: null, outbox: new Outbox(code, { changed, noted, unknown: meet }) });
  app.receipt = app.outbox.shelf.get("receipt") ?? app.receipt;
  app.sheet = newSheet();
}

function newSheet() {
  const handedIn = (left) => say(left ? t("too_long") : t("handed_in"));
  return new Sheet($("sheet"), app.outbox, { t, both }, { tell: (key, values) => say(t(key, values)), handedIn });
}

// ---- the worksheet, from the server ----
/** Fetches what is mine. Not known: perhaps the meeting closed meanwhile, or else one joins. */
async function meet() {
  if (app.meeting) return void (app.again = true); // what is under way may be from before it changed
  Object.assign(app, { meeting: true, again: false });
  const [outbox, settled, asked] = [app.outbox, app.outbox?.settled, Date.now()];
  const { status, body } = await call("GET", "/api/worksheet", null, { receipt: app.closed ? app.receipt : null });
  app.meeting = false;
  if (status === 200 && app.wanted && app.wanted !== body.workshop.code) showForm(app.wanted);
  else if (status === 200) enter(body, outbox === app.outbox ? settled : [], asked);
  else if (status === 401) unknown();
  else {
    if (!app.room) set("wait", refusal(status, body));
    if (!app.room || status === 429) setTimeout(meet, Math.min(15, 2 ** (app.tries += 1)) * 1000 * (1 + Math.random() / 3));
  }
  if (app.again && status === 200) meet();
}

/** The cookie says nothing to the server: with the receipt one is known after the close, and comes back in before it. */
async function unknown() {
  const code = app.code ?? app.wanted;
  const receipt = app.receipt ?? (code && new Shelf("localStorage", `laveren:${code}:`).get("receipt"));
  const { status, body } = receipt && code ? await call("GET", "/api/worksheet", null, { receipt }) : { status: 401 };
  if (status === 401) return showForm(code);
  if (status !== 200) return setTimeout(meet, 3000);
  app.receipt = receipt;
  return body.workshop.state === "gesloten" ? enter(body) : comeBack(code, receipt);
}

async function comeBack(code, receipt) {
  const { status } = await call("POST", "/api/join", { code, receipt });
  if (status === 200) come(code, receipt);
  else if (status && status < 429) return showForm(code);
  return setTimeout(meet, status === 200 ? 0 : 3000);
}

function enter(body, settled = [], asked = Date.now()) {
  const { code } = body.workshop;
  openOutbox(code);
  if (app.line && app.me?.group !== body.me.group) app.line = app.line.stop(); // a stream is that of one table
  if (body.me.group) app.outbox.shelf.set("table", body.me.group);
  Object.assign(app, { wanted: null, tries: 0, me: body.me });
  history.replaceState(null, "", `/meedoen/${code}`);
  if (body.step && asked > app.turned) app.done.set(stepKey(body), body.done);
  take(body);
  app.outbox.merge(body.answers, settled);
  app.line ??= new Line(code, { step: hear, worksheet: meet, heard: () => app.outbox.fails && app.outbox.hurry() });
  app.sheet.takeCaret(session.get("caret")); // after F5 in mid-sentence one goes on where one was
  session.remove("caret");
}

/** What the room is at, from the stream. My table may be taken away; and of a round that is over, what only totals stay of. */
function hear(room) {
  const over = app.room?.round?.number !== room.round?.number && app.sheet.secrets;
  take(room);
  if (app.me?.group > room.workshop.groups) meet();
  else if (over) setTimeout(meet, Math.random() * 500);
}

/** What the room is at now, from the stream or asked for. */
function take(room) {
  const reopened = app.room?.workshop.state === "gesloten" && room.workshop.state !== "gesloten" && app.closed;
  Object.assign(app, { room, offset: room.now - seconds() });
  if (room.workshop.state === "gesloten" && !app.outbox.receipt) closeUp();
  if (reopened) comeBack(app.code, app.receipt);
  draw();
}

/** Closed: from now on the receipt says who we are; when all is sent, this device forgets the meeting. */
async function closeUp() {
  app.closed = true;
  Object.assign(app.outbox, { receipt: app.receipt, asleep: false });
  session.set("closed", { code: app.code, receipt: app.receipt });
  if (session.works && await app.outbox.drained(600000) && app.closed) app.outbox.wipe();
}

// ---- drawing ----
function show(screen) {
  app.screen = document.body.dataset.screen = screen;
  for (const node of document.querySelectorAll("[data-on]")) node.hidden = !node.dataset.on.split(" ").includes(screen);
}

const stepKey = ({ round, step }) => `${round?.number ?? 0}.${step?.key ?? step?.number ?? 0}`;

function draw() {
  const { room, me } = app;
  if (app.fresh || form.changing || !me) return;
  const { state, title, here, demo, rehearsal } = room.workshop;
  const screen = { voorbereid: "lobby", gesloten: "closed" }[state] ?? "step";
  if (screen !== app.screen) show(screen);
  const mark = demo ? t("demo") : rehearsal && t("rehearsal");
  set("who", ` · ${joined(mark, me.group && t("table_n", { n: me.group }), t(`role_${me.role}`))}`);
  set("lobby-title", title);
  set("here", t("here", { n: here }));
  if (room.step) drawStep(room);
  if (screen === "closed") drawOutcome(room.outcome, app.receipt, app.code);
  newStep(`${state} ${stepKey(room)}`);
}

/** A method that is only talk: of what is said in it nothing is written, nor parked. */
const onlyTalk = ({ step, prompts, note }) => Boolean(step) && !prompts.length && note === null;

function drawStep({ step, prompts, round, workshop, case: story, note }) {
  const rounds = workshop.rounds > 1 && round && t("round_n", { n: round.number, of: workshop.rounds });
  const [talk, seat] = [onlyTalk(app.room), seatOf(story, app.me.chair)];
  set("eyebrow", joined(rounds, t("step_of", { n: step.number, of: step.of }), t(`who_${step.who}`), seat && t("your_seat", { name: seat.name })));
  set("title", talk ? t("watch") : both(step.title));
  set("hint", both(talk ? step.title : step.hint));
  const lines = talk ? [] : step.script ?? [];
  $("script").replaceChildren(...lines.map((line) => el("li", {}, both(line))));
  const place = (i) => ["past", "now", ""][Math.sign(i + 1 - step.number) + 1];
  $("progress").replaceChildren(...Array.from({ length: step.of }, (_, i) => el("span", { class: place(i) })));
  drawTable(prompts);
  $("case").hidden = !story;
  if (story) drawCase(story, seat);
  $("notes").hidden = !note || step.scope === "table";
  drawSheet();
  drawTime(app);
}

/** Who writes for the table, and how that becomes another; or that the table I sat at is no more. */
function drawTable(prompts) {
  const { group, pen } = app.me;
  const ours = app.screen === "step" && prompts.some(({ scope }) => scope === "table");
  const gone = app.screen === "step" && !group && app.outbox.shelf.get("table");
  const key = gone ? "table_gone" : !ours ? "" : !group ? "table_unknown" : pen ? `pen_${pen}` : "table_writes";
  set("banner", key && t(key, { n: group }));
  $("banner").hidden = !key;
  const others = ours && group && (pen === "free" || pen === "taken");
  $("take").hidden = !others;
  $("take").className = pen === "free" ? "go" : "link";
  set("take", t(pen === "free" ? "take_pen" : "take_over"));
  $("leave").hidden = !(ours && pen === "mine");
  $("choose").hidden = !gone;
  set("pen-said", "");
}

/** I write for the table from now on, or I do not any more. */
async function takePen(take) {
  if (app.asking) return;
  app.asking = true;
  const { status, body } = await call("POST", "/api/pen", { take });
  app.asking = false;
  if (status !== 204) return set("pen-said", status ? refusal(status, body) : t("went_wrong"));
  app.me = { ...app.me, pen: take ? "mine" : "free" };
  draw();
  (take ? app.sheet.open[0] ?? $("leave") : $("take")).focus();
}

/** The cards, and one accent button, the next thing: hand in while something can be written, else say one is ready. */
function drawSheet() {
  const { prompts, park, note, step } = app.room;
  const [talk, reading] = [onlyTalk(app.room), ["free", "taken"].includes(app.me.pen)];
  app.sheet.render({ prompts, park: talk ? null : park, note, heading: both(step.title), reading });
  const [open, ready] = [app.sheet.open, Boolean(app.done.get(stepKey(app.room)))];
  const stuck = !open.some((card) => filled(card.shown, card.prompt)) || open.some((card) => card.over);
  $("hand-in").hidden = !open.length;
  mark("hand-in", "disabled", stuck);
  $("done").hidden = app.screen === "closed";
  $("done").className = open.length || ready || !$("take").hidden ? "link" : "go";
  mark("done", "pressed", ready);
  set("done", ready ? t("not_done") : t(prompts.length ? "done" : "have_read"));
  $("park").hidden = !park;
  $("actions").hidden = talk || (app.screen === "closed" && !open.length);
}

/** When the room moves: the case open while one only reads, the top in sight, and said aloud. Never while one types. */
function newStep(key) {
  if (key === app.step) return;
  const [first, { step, prompts, note, workshop }] = [app.step === null, app.room];
  app.step = key;
  document.title = `${app.screen === "step" ? both(step.title) : workshop.title} · Laveren`;
  document.body.toggleAttribute("data-reading", app.screen === "step" && !prompts.length && Boolean(app.room.case));
  $("case").classList.toggle("twisting", Boolean(step?.twist)); // of a case that is folded, the twist stays in sight
  fold(!prompts.length);
  if (!$("parking").contains(document.activeElement)) unfold("parking", "park", false);
  if (!$("noting").contains(document.activeElement)) unfold("noting", "notes", Boolean(note) && step?.scope === "table");
  if (!document.activeElement?.matches("textarea, input, select")) window.scrollTo(0, 0);
  if (!first && step) say(app.screen === "step" ? `${$("eyebrow").textContent}. ${both(step.title)}` : t("thanks"));
}

/** Opens or closes what stands behind a small link. */
function unfold(id, link, open, focus = false) {
  $(id).hidden = !open;
  mark(link, "expanded", open);
  if (open && focus) $(id).querySelector("textarea")?.focus();
}

// ---- what happens on the sheet ----
/** Something in the outbox changed. How it stands is said aloud when it turns, and not at each keystroke. */
function changed(entry) {
  if (!app.sheet || !app.room?.step) return;
  drawSheet();
  const kind = entry && app.outbox.word(entry);
  const waits = (word) => Boolean(word?.startsWith("waiting"));
  const turned = waits(kind) ? !waits(app.word.kind) : kind === "saved" && waits(app.word.kind);
  if (!turned && !(kind === "saved" && Date.now() - app.word.at > 30000)) return;
  app.word = { kind, at: Date.now() };
  say(t(kind));
}

/** Ready, or not yet after all; tried until it is said or the room has moved on. */
async function toggleDone() {
  const key = stepKey(app.room);
  const done = !app.done.get(key);
  app.done.set(key, done);
  app.turned = Infinity; // what the server said of it before it knows, is old
  drawSheet();
  say(t(done ? "done_said" : "done_unsaid"));
  while (app.done.get(key) === done && stepKey(app.room) === key) {
    const { status } = await call("POST", "/api/done", { done });
    if (status && status < 500 && status !== 429) break;
    await new Promise((again) => setTimeout(again, 3000));
  }
  if (app.done.get(key) === done) app.turned = Date.now(); // else a later press is on its way
}

function start() {
  sayAll();
  drawForm();
  const on = (id, type, heard) => $(id).addEventListener(type, heard);
  on("join", "submit", join);
  on("code", "input", lookUp);
  on("lang", "click", switchLanguage);
  on("hand-in", "click", () => app.sheet.handIn());
  on("done", "click", toggleDone);
  on("fold", "click", () => fold($("case").classList.contains("folded")));
  on("park", "click", () => unfold("parking", "park", $("parking").hidden, true));
  on("notes", "click", () => unfold("noting", "notes", $("noting").hidden, true));
  on("take", "click", () => takePen(true));
  on("leave", "click", () => takePen(false));
  on("choose", "click", () => showForm(app.code, app.me));
  on("me", "click", () => showForm(app.code, app.me));
  on("join-back", "click", () => { form.changing = false; draw(); });
  on("other", "click", () => { $("sure").hidden = false; $("other-yes").focus(); });
  on("other-no", "click", () => { $("sure").hidden = true; $("other").focus(); });
  on("other-yes", "click", someoneElse);
  window.addEventListener("pagehide", () => session.set("caret", app.sheet?.caret ?? null));
  const wake = () => { if (!document.hidden && app.room && app.screen !== "join") meet(); };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("storage", ({ key, newValue }) => { // another tab became someone else
    const other = newValue && newValue !== JSON.stringify(app.receipt);
    if (app.code && key === `laveren:${app.code}:receipt` && other) location.reload();
  });
  setInterval(() => {
    if (app.screen !== "join") app.line?.tick();
    $("net").hidden = !(app.line?.away ?? !navigator.onLine);
    drawTime(app);
  }, 1000);
  app.wanted = cleanCode(decodeURIComponent(location.pathname.split("/")[2] ?? "")) || null;
  app.given = $("room").textContent;
  const kept = session.get("closed");
  if (kept && (!app.wanted || kept.code === app.wanted)) Object.assign(app, { closed: true, receipt: kept.receipt });
  if ("new" in $("room").dataset && !app.receipt) unknown(); // no cookie came along: the server would not know us
  else meet();
}

start();
