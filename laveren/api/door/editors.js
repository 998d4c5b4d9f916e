// What one answers with: the small parts every page of cards is made of, and an editor for each type of answer.

export const BLIND = "geen_zicht";
export const MISFIT = "past_niet";
const CERTAINTIES = ["weet", "vermoed", "vragen"];
const [WIDE, HIGH] = [200, 176]; // of the drawing of a triangle
const CORNERS = [[100, 8], [8, 167], [192, 167]]; // top, left, right
const START = [34, 33, 33]; // where sliders stand before one is touched

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

function drawn(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** One of the drawings in door.html; always beside words. */
export const icon = (name) => drawn("svg", { class: "icon", "aria-hidden": "true" }, drawn("use", { href: `#i-${name}` }));

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

// ---- the editors: (prompt, around) gives a node, show(content, prompt) and focus() ----
// `around`: {label, change(patch), words: {t, both}, tell(key, values) aloud, earlier() the answer this one hangs on}

function writing(prompt, { label, change }) {
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

const said = (options, { both }) => options.map(({ id, text }) => ({ id, text: both(text) }));
const fives = ({ t }) => [1, 2, 3, 4, 5].map((id) => ({ id, text: String(id) })).concat({ id: BLIND, text: t("no_view") });
const legendOf = (ends) => el("p", { class: "ends", "aria-hidden": "true" }, ...ends.map((end, i) => el("span", {}, `${i ? 5 : 1} = ${end}`)));
const endsOf = (prompt, { both }) => (prompt.scale ?? []).map(both);
const withEnds = (label, ends) => (ends.length ? `${label} (1: ${ends[0]}, 5: ${ends[1]})` : label);

function choosing(prompt, { label, change, words }) {
  const scale = prompt.type === "schaal5";
  const ends = scale ? endsOf(prompt, words) : [];
  const group = chips({ legend: withEnds(label, ends), options: scale ? fives(words) : said(prompt.options, words),
    several: prompt.type === "meerkeuze", pick: (value) => change({ value }), className: scale ? "bare scale" : "bare" });
  const node = el("div", {}, group.node, ends.length ? legendOf(ends) : null);
  return { node, show: ({ value }) => group.show(value), focus: () => node.querySelector("input").focus() };
}

/** What there is to choose in each row, and which rows: of life domains, of a scale, of options. */
function gridOf(prompt, words) {
  if (prompt.domains) return { rows: prompt.options, field: "domains", options: CERTAINTIES.map((id) => ({ id, text: words.t(`certainty_${id}`) })) };
  return { rows: prompt.rows ?? [], field: "value", options: prompt.options.length ? said(prompt.options, words) : fives(words) };
}

function filling(prompt, { label, change, words, tell }) {
  const { field, options } = gridOf(prompt, words);
  const ends = prompt.domains ? [] : endsOf(prompt, words);
  const kind = prompt.domains || prompt.options.length ? `of${options.length}` : "scale";
  const full = el("p", { class: "full" });
  const known = new Map();
  let now = {};
  let most = prompt.most ?? Infinity;
  const row = (id, text) => {
    const group = chips({ legend: text, options, className: `domain ${kind}`, pick: (value) => {
      full.remove();
      if (value && !(id in now) && Object.keys(now).length >= most) {
        group.show(null);
        full.textContent = words.t("most_rows", { n: most });
        group.node.append(full);
        return tell("most_rows", { n: most });
      }
      now = { ...now, [id]: value };
      if (!value) delete now[id];
      return change({ [field]: Object.keys(now).length ? now : null });
    } });
    return group;
  };
  const list = el("div", {});
  const node = el("div", { class: "domains", role: "group", "aria-label": withEnds(label, ends) }, ends.length ? legendOf(ends) : null, list);
  const show = (shown, asked) => {
    most = asked.most ?? Infinity;
    const rows = gridOf(asked, words).rows.map(({ id, text }) => [id, words.both(text)]);
    for (const [id, text] of rows) if (!known.has(id + text)) known.set(id + text, row(id, text));
    now = Object.fromEntries(rows.flatMap(([id]) => (shown[field]?.[id] ? [[id, shown[field][id]]] : [])));
    arrange(list, rows.map(([id, text]) => known.get(id + text).node));
    rows.forEach(([id, text]) => known.get(id + text).show(now[id]));
  };
  return { node, show, focus: () => node.querySelector("input")?.focus() };
}

// ---- three shares that sum to 100 ----

/** Whole numbers in these proportions that sum to 100: what is left over goes to the largest remainders. */
function wholes(parts) {
  const sum = parts.reduce((all, part) => all + part, 0);
  const exact = parts.map((part) => (100 * part) / sum);
  const whole = exact.map(Math.floor);
  const order = [...exact.keys()].sort((i, j) => (exact[j] - whole[j]) - (exact[i] - whole[i]) || i - j);
  for (let left = 100 - whole.reduce((all, part) => all + part, 0), i = 0; left > 0; left -= 1, i += 1) whole[order[i]] += 1;
  return whole;
}

/** The shares when one becomes `to`: the two others give or take in proportion. */
export function balance(shares, which, to) {
  const share = Math.min(100, Math.max(0, Math.round(to)));
  const [one, two] = [0, 1, 2].filter((i) => i !== which);
  const others = shares[one] + shares[two];
  const first = others ? Math.round(((100 - share) * shares[one]) / others) : Math.ceil((100 - share) / 2);
  return [0, 1, 2].map((i) => (i === which ? share : i === one ? first : 100 - share - first));
}

/** Where in the drawing these shares are: each corner pulls with its share. */
export function toPoint(shares) {
  return [0, 1].map((axis) => shares.reduce((sum, share, i) => sum + (share * CORNERS[i][axis]) / 100, 0));
}

/** The shares at a point of the drawing; a point beside the triangle counts as on its edge. */
export function fromPoint([x, y]) {
  const [[ax, ay], [bx, by], [cx, cy]] = CORNERS;
  const area = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy);
  const top = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / area;
  const left = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / area;
  return wholes([top, left, 1 - top - left].map((part) => Math.max(0, part)));
}

const sharesOf = (value, { options }) => {
  const shares = options.map(({ id }) => value?.[id]);
  return shares.every(Number.isInteger) && shares.reduce((all, one) => all + one, 0) === 100 ? shares : null;
};

function weighing(prompt, { label, change, words, earlier }) {
  const names = prompt.options.map(({ text }) => words.both(text));
  let [shares, from, moved] = [START, START, null]; // `from`: where the slider that moves began, so that back is back
  const give = (next) => {
    if (String(next) === String(shares) && !field.classList.contains("untouched")) return;
    shares = next;
    change({ value: Object.fromEntries(prompt.options.map(({ id }, i) => [id, next[i]])) });
  };
  const slide = (which, to) => {
    if (moved !== which) [from, moved] = [shares, which];
    give(balance(from, which, to));
  };
  const sliders = names.map((name, i) => el("input", { type: "range", min: 0, max: 100, step: 1, "aria-label": name,
    oninput: ({ target }) => slide(i, Number(target.value)) }));
  const numbers = names.map(() => el("span", { class: "share", "aria-hidden": "true" }));
  const misfit = el("input", { type: "checkbox", onclick: () => { moved = null; change({ value: misfit.checked ? MISFIT : null }); } });
  const [head, id] = [drawn("path", { d: "M0 0 8 4 0 8Z" }), `way${(groups += 1)}`];
  const [was, way, point] = [drawn("circle", { class: "was", r: 6 }), drawn("line", { class: "way", "marker-end": `url(#${id})` }), drawn("circle", { class: "point", r: 8 })];
  const drawing = drawn("svg", { viewBox: `0 0 ${WIDE} ${HIGH}` },
    drawn("marker", { id, class: "head", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, head),
    drawn("polygon", { class: "area", points: CORNERS.join(" ") }),
    ...CORNERS.map((corner) => drawn("path", { class: "guide", d: `M${corner}L${toPoint([1, 1, 1].map((one) => (100 * one) / 3))}` })), was, way, point);
  const at = ({ clientX, clientY }) => {
    const box = drawing.getBoundingClientRect();
    return [((clientX - box.left) / box.width) * WIDE, ((clientY - box.top) / box.height) * HIGH];
  };
  const put = (event) => { moved = null; give(fromPoint(at(event))); };
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    drawing.setPointerCapture(event.pointerId);
    put(event);
  });
  drawing.addEventListener("pointermove", (event) => { if (drawing.hasPointerCapture(event.pointerId)) put(event); });
  const before = el("p", { class: "before" });
  const field = el("div", { class: "weigh" },
    el("div", { class: "corners", "aria-hidden": "true" }, el("span", {}, names[0]), drawing, el("span", {}, names[1]), el("span", {}, names[2])),
    el("div", { class: "sliders" }, el("p", { class: "how" }, words.t("triangle_how")),
      ...names.map((name, i) => el("div", { class: "slider" }, el("span", { "aria-hidden": "true" }, name), numbers[i], sliders[i])),
      el("label", { class: "chip" }, misfit, words.t("misfit")), before));
  const node = el("fieldset", { class: "bare" }, el("legend", {}, label), field);
  const show = ({ value }) => {
    const chosen = sharesOf(value, prompt);
    if (String(chosen ?? START) !== String(shares)) [shares, moved] = [chosen ?? START, null];
    misfit.checked = value === MISFIT;
    field.classList.toggle("untouched", !chosen);
    sliders.forEach((slider, i) => { if (Number(slider.value) !== shares[i]) slider.value = shares[i]; });
    numbers.forEach((number, i) => { number.textContent = shares[i]; });
    const first = prompt.link ? earlier() : null;
    const past = first && sharesOf(first.value, prompt);
    before.textContent = past ? words.t("triangle_before", { shares: summary(prompt, first, words) }) : "";
    const [[x, y], [px, py]] = [toPoint(shares), toPoint(past ?? START)];
    const far = Math.hypot(x - px, y - py);
    const short = (d) => (far ? d / far : 0); // the arrow begins and ends at the rims of the two dots
    const ends = { x1: px + (x - px) * short(6), y1: py + (y - py) * short(6), x2: x - (x - px) * short(9), y2: y - (y - py) * short(9) };
    for (const [name, place] of Object.entries({ cx: x, cy: y })) point.setAttribute(name, place);
    for (const [name, place] of Object.entries({ cx: px, cy: py })) was.setAttribute(name, place);
    for (const [name, place] of Object.entries(ends)) way.setAttribute(name, place);
    was.classList.toggle("gone", !past);
    way.classList.toggle("gone", !past || !chosen || far < 18);
    point.classList.toggle("gone", value === MISFIT);
  };
  return { node, show, focus: () => sliders[0].focus() };
}

// ---- dots to divide ----

function dotting(prompt, { label, change, words }) {
  const [known, left] = [new Map(), el("p", { class: "dots-left", role: "status" })];
  let [asked, now] = [prompt, {}];
  const used = () => Object.values(now).reduce((all, n) => all + n, 0);
  const may = (id, by) => (by < 0 ? id in now : (now[id] ?? 0) < asked.most_on_one && used() < asked.most);
  const draw = () => {
    known.forEach(({ dots, buttons, count }, id) => {
      dots.textContent = "●".repeat(now[id] ?? 0);
      count.textContent = words.t("dots", { n: now[id] ?? 0 });
      buttons.forEach(([by, button]) => button.setAttribute("aria-disabled", String(!may(id, by))));
    });
    const text = words.t(!asked.options.length ? "dots_none" : used() < asked.most ? "dots_left" : "dots_spent", { n: asked.most - used() });
    if (left.textContent !== text) left.textContent = text;
  };
  const move = (id, by) => {
    if (!may(id, by)) return;
    now = { ...now, [id]: (now[id] ?? 0) + by };
    if (!now[id]) delete now[id];
    draw();
    change({ value: used() ? now : null });
  };
  const row = (id, text) => {
    const button = (by, key, sign) => [by, el("button", { type: "button", class: "dot", "aria-label": words.t(key, { option: text }),
      onclick: () => move(id, by) }, sign)];
    const [dots, count] = [el("span", { class: "dots", "aria-hidden": "true" }), el("span", { class: "unseen" })];
    const buttons = [button(-1, "dot_away", "−"), button(1, "dot_here", "+")];
    const node = el("div", { class: "dotted", role: "group", "aria-label": text }, el("span", { class: "over-what" }, text), dots, count, ...buttons.map(([, one]) => one));
    return { node, dots, count, buttons };
  };
  const list = el("div", {});
  const node = el("div", { class: "divide", role: "group", "aria-label": label }, left, list);
  const show = ({ value }, newest) => {
    asked = newest;
    const options = said(asked.options, words);
    for (const { id, text } of options) if (!known.has(id)) known.set(id, row(id, text));
    now = Object.fromEntries(options.flatMap(({ id }) => (value?.[id] ? [[id, value[id]]] : [])));
    arrange(list, options.map(({ id }) => known.get(id).node));
    draw();
  };
  return { node, show, focus: () => node.querySelector("[aria-disabled=false]")?.focus() };
}

const EDITORS = { keuze: choosing, meerkeuze: choosing, schaal5: choosing, driehoek: weighing, matrixrij: filling, stippen: dotting };
export const isText = (prompt) => !prompt.domains && !EDITORS[prompt.type];

/** The editor that goes with a prompt. */
export function editorFor(prompt, around) {
  return (prompt.domains ? filling : EDITORS[prompt.type] ?? writing)(prompt, around);
}

/** Whether something stands there that could be handed in. */
export function filled({ value, domains }, prompt) {
  if (prompt?.type === "driehoek") return value === MISFIT || Boolean(sharesOf(value, prompt));
  if (domains && Object.keys(domains).length) return true;
  if (typeof value === "string") return value.trim() !== "";
  return typeof value === "object" ? Object.keys(value ?? {}).length > 0 : value !== undefined;
}

/** What was given, in words. */
export function summary(prompt, { value, domains }, words) {
  const options = said(prompt.options, words);
  const nameOf = (id) => options.find((option) => option.id === id)?.text ?? (id === BLIND ? words.t("no_view") : String(id));
  if (prompt.domains || (prompt.type === "matrixrij" && options.length)) {
    const { rows, options: columns } = gridOf(prompt, words);
    return columns.map(({ id, text }) => {
      const those = rows.filter((row) => (domains ?? value)?.[row.id] === id).map((row) => words.both(row.text));
      return those.length ? `${text}: ${those.join(", ")}` : "";
    }).filter(Boolean).join("\n");
  }
  if (prompt.type === "matrixrij") {
    return (prompt.rows ?? []).filter(({ id }) => value?.[id]).map(({ id, text }) => `${words.both(text)}: ${nameOf(value[id])}`).join("\n");
  }
  if (prompt.type === "driehoek") {
    return value === MISFIT ? words.t("misfit") : options.map(({ id, text }) => `${text} ${value?.[id] ?? "–"}`).join(" · ");
  }
  if (prompt.type === "stippen") return options.filter(({ id }) => value?.[id]).map(({ id, text }) => `${value[id]} × ${text}`).join("\n");
  if (prompt.type === "schaal5") return value === BLIND ? words.t("no_view") : words.t("out_of_five", { n: value });
  if (isText(prompt)) return value ?? "";
  return [value ?? []].flat().map(nameOf).join(" · ");
}
