// The page as one reads it: its words, what is said aloud, the case with all that comes with it, and the time.
import { el } from "./editors.js";
import { seconds } from "./outbox.js";

export const $ = (id) => document.getElementById(id);
const texts = JSON.parse($("texts").textContent);
export const lang = () => (document.documentElement.lang === "en" ? "en" : "nl");

/** A text of the interface; {names} are filled in, `n` chooses one or other. */
export function t(key, values = {}) {
  const text = texts[lang()]?.[key] ?? key;
  const form = typeof text === "object" ? text[values.n === 1 ? "one" : "other"] : text;
  return form.replace(/\{(\w+)\}/g, (_, name) => values[name]?.toLocaleString(lang()) ?? "");
}

export const both = (text) => (text ? text[lang()] ?? text.nl : "");
export const joined = (...parts) => parts.filter(Boolean).join(" · ");
const day = (date) => new Date(`${date}T12:00:00`).toLocaleDateString(lang(), { day: "numeric", month: "long", year: "numeric" });

export function set(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

export const mark = (id, name, value) => $(id).setAttribute(`aria-${name}`, String(value));

let saying = [];

/** Says something to who cannot see it; what comes at once is said one after the other. */
export function say(text) {
  if (!saying.length) setTimeout(() => { set("say", saying.join(" ")); saying = []; }, 50);
  set("say", "");
  saying.push(text);
}

export function sayAll() {
  for (const node of document.querySelectorAll("[data-t]")) node.replaceChildren(...node.children, t(node.dataset.t));
  $("lang").textContent = lang() === "nl" ? "English" : "Nederlands";
  $("lang").lang = lang() === "nl" ? "en" : "nl";
}

// ---- the case ----

/** From whose place somebody on this chair looks, when seats are dealt out. */
export function seatOf(story, chair) {
  const seats = story?.perspectives ?? [];
  return seats.length && Number.isInteger(chair) ? seats[chair % seats.length] : null;
}

const told = { title: null, twists: 0, rules: 0 };

/** The case, my seat, its twists (the newest first) and its rule cards; what comes while one works is said and shown. */
export function drawCase({ title, persons, situation, as_of: asOf, twists = [], rules = [] }, seat) {
  ["case-title", "fold-title"].forEach((id) => set(id, title));
  set("fold-what", t(rules.length ? "the_case_and_rules" : "the_case"));
  $("seat").hidden = !seat;
  set("seat-name", seat ? t("your_seat", { name: seat.name }) : "");
  set("seat-text", seat?.text ?? "");
  set("persons", joined(...persons.map(({ name, age, role }) => `${name}${age === null ? "" : ` (${age})`}, ${role}`)));
  put("situation", situation, () => paragraphs(situation));
  put("twists", JSON.stringify([twists, lang()]), () => twists.map(twist).reverse());
  set("as-of", t("as_of", { day: day(asOf) }));
  put("rules", JSON.stringify([rules, lang()]), () => rules.map(rule));
  const here = told.title === title;
  if (here && twists.length > told.twists) arrived("twists", t("twist_came", { title: twists.at(-1).title }));
  if (here && rules.length > told.rules) arrived("rules", t("rules_came", { n: rules.length }));
  Object.assign(told, { title, twists: twists.length, rules: rules.length });
}

/** Makes what is in a part anew, but only when it became another: nothing moves under somebody's eyes. */
function put(id, now, make) {
  if ($(id).dataset.told === now) return;
  $(id).dataset.told = now;
  $(id).replaceChildren(...make());
}

function arrived(id, sentence) {
  say(sentence);
  const side = $("case").parentElement;
  requestAnimationFrame(() => side.scrollTo({ top: side.scrollTop + $(id).getBoundingClientRect().top - side.getBoundingClientRect().top - 24 }));
}

function twist({ title, text }, i, all) {
  return el("section", { class: i === all.length - 1 ? "twist newest" : "twist" }, el("h3", {}, t("twist", { title })), ...paragraphs(text));
}

function rule({ article, text, room, as_of: asOf, checked_by: by }) {
  return el("section", { class: "rule" }, el("h3", {}, article), ...paragraphs(text), room ? el("p", { class: "leeway" }, t("leeway", { room })) : null,
    el("p", { class: "stand" }, t("as_of", { day: day(asOf) }), " ", by ? t("checked_by", { by }) : t("not_checked")));
}

const paragraphs = (text) => text.trim().split(/\n\s*\n/).map(paragraph);

/** A paragraph in which what somebody says stands out. */
function paragraph(text) {
  const parts = text.replace(/\s+/g, " ").replace(/€ /g, "€\u00a0").split(/((?:^|\s)[‘'][^‘’']+[’'](?=[\s.,;:!?)]|$))/);
  return el("p", {}, ...parts.map((part, i) => (i % 2 ? el("q", {}, part) : part)));
}

export function fold(open) {
  mark("fold", "expanded", open);
  $("case").classList.toggle("folded", !open);
}

// ---- the time, and the end ----

let warned = {};

/** The time left; it ends softly, and is said aloud a minute before and at the end only. */
export function drawTime({ screen, room, offset, step: key }) {
  const step = screen === "step" ? room.step : null;
  const left = step?.paused ? step.remaining : step?.ends_at && step.ends_at - (seconds() + offset);
  if (left === null || left === undefined) return set("time", "");
  const whole = Math.max(0, Math.ceil(left));
  const time = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  $("time").classList.toggle("over", !whole);
  set("time", !whole ? t("time_over") : step.paused ? t("paused", { time }) : t("time_left", { time }));
  const warning = !whole ? "time_over" : whole > 60 || step.paused ? "" : "one_minute";
  if (warning && warned.key === key && warned.warning !== warning) say(t(warning));
  warned = { key, warning };
}

/** What the meeting came to, and the code with which one takes back what is one's own. */
export function drawOutcome(outcome, receipt, code) {
  set("came-to", outcome ? `${t("people", { n: outcome.participants })}, ${t("answers", { n: outcome.answers })}` : "");
  $("outcome").replaceChildren(...(outcome?.lines ?? []).map(({ group, text, dissent, case: story }) => el("li", {},
    el("blockquote", {}, text), dissent ? el("p", {}, `${t("dissent")} ${dissent}`) : null, el("p", {}, joined(group && t("table_n", { n: group }), story)))));
  $("receipt").hidden = !receipt;
  set("receipt-code", receipt ?? "");
  $("practice").href = `/eigen-praktijk?code=${code}`;
}
