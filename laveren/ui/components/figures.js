// The figures of the projector: HTML and SVG in units of 1/1920 of the picture, so that a letter never shrinks with its frame.

const SCRIPT_SIZES = [60, 56, 52, 49, 46, 42, 38, 35, 32];
const TABLE_SIZES = [64, 56, 48, 42, 36, 32];
const SCALE = 5; // answers from 1 to 5
const FIGURES = {
  triangle: { make: triangleFigure, finish: finishTriangle },
  matrix: { make: matrixFigure, finish: finishMatrix },
  scatter: { make: scatterFigure, finish: finishScatter },
  moved: { make: movedFigure, finish: finishMoved },
  script: { make: scriptFigure, finish: (place) => fit(place, SCRIPT_SIZES) },
  tables: { make: tablesFigure, finish: (place) => fit(place, TABLE_SIZES) },
};

/** New nodes only when what it shows changed; in another size or letter the same nodes find their place again. */
function drawFigure(root, state) {
  const { figure, cards } = state.data;
  const place = root.querySelector("#figure");
  const narrow = Boolean(figure && cards);
  const key = JSON.stringify([figure ?? null, narrow]);
  if (state.drawn.figure !== key) {
    state.drawn.figure = key;
    place.dataset.kind = figure?.kind ?? "";
    place.dataset.narrow = narrow ? "yes" : "no";
    place.replaceChildren(...(figure ? FIGURES[figure.kind].make(figure, narrow) : []));
    state.placed = null;
  }
  const size = `${place.clientWidth} ${place.clientHeight}`;
  if (!figure || state.placed === size) return;
  state.placed = size;
  FIGURES[figure.kind].finish(place, figure);
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Gives a drawing as many units as its place holds; tells how many those are, and where in them another node lies. */
function sized(drawing) {
  const unit = Math.min(innerWidth / 1920, innerHeight / 1080);
  const own = drawing.getBoundingClientRect();
  const within = (node) => {
    const box = node.getBoundingClientRect();
    return { x: (box.left - own.left) / unit, y: (box.top - own.top) / unit, width: box.width / unit, height: box.height / unit };
  };
  const { width, height } = within(drawing);
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return { width, height, within };
}

function heading({ title, note }) {
  const made = element("header");
  if (title) made.append(element("h2", "", title));
  if (note) made.append(element("p", "note", note));
  return made;
}

const named = ({ title, note }) => [title, note].filter(Boolean).join(". ");

/** What is looked at: one picture with one name; its numbers stand beside it in a table. */
function plot(kind, name, ...nodes) {
  const made = element("div", `plot ${kind}`);
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", name);
  made.append(...nodes);
  return made;
}

/** A table; the first cell of a row is its name. */
function table(head, rows) {
  const made = element("table");
  const row = (place, cells, tag) => {
    const line = place.insertRow();
    cells.forEach((text, i) => {
      const cell = element(i && tag === "td" ? "td" : "th", "", text);
      if (cell.tagName === "TH") cell.scope = tag === "td" ? "row" : "col";
      line.append(cell);
    });
  };
  row(made.createTHead(), head, "th");
  const body = made.createTBody();
  for (const cells of rows) row(body, cells, "td");
  return made;
}

/** The numbers of a drawing for who does not see it. */
function unseen(made) {
  made.className = "unseen";
  return made;
}

// The triangle, with its table beside it.

function triangleFigure(figure, narrow) {
  return [heading(figure), trianglePlot(figure, named(figure)), triangleSide(figure, narrow)];
}

function finishTriangle(place, figure) {
  fit(place.querySelector(".side"), [12, 8, 5, 2, 0]);
  drawTriangle(place.querySelector(".triangle"), figure);
}

// The matrix: who says it in the rows, about whom in the columns.

function matrixFigure(figure) {
  const { rows, columns, cells, remarks, corner } = figure;
  const heat = plot("heat", named(figure), element("span", "corner", corner), ...columns.map((label) => element("span", "column", label)));
  heat.style.setProperty("--columns", columns.length);
  rows.forEach((label, i) => {
    heat.append(element("span", "row", label));
    const unasked = cells[i].every(({ asked }) => !asked);
    heat.append(...(unasked ? [heatCell(cells[i][0], "whole")] : cells[i].map((cell) => heatCell(cell, ""))));
  });
  const said = cells.map((row, i) => [rows[i], ...row.map(({ text, n }) => (n ? `${text} (${n})` : text))]);
  const side = element("ul", "remarks");
  side.append(...remarks.map((text) => element("li", "", text)));
  return [heading(figure), heat, side, unseen(table([corner ?? "", ...columns], said))];
}

function heatCell({ text, n, level: share, asked }, more) {
  const kind = !asked ? "unasked" : share == null ? "few" : share > 0.68 ? "much" : "little"; // where black stops and white begins: figures.css
  const made = element("div", `cell ${kind} ${more}`);
  if (asked && share != null) made.style.setProperty("--level", share);
  if (text) made.append(element("strong", "", text));
  if (n) made.append(element("span", "n", n));
  return made;
}

/** The number of people stands under the number, or beside it when the rows are many. */
function finishMatrix(place) {
  const heat = place.querySelector(".heat");
  const over = () => heat.scrollHeight > heat.clientHeight + 1 || heat.scrollWidth > heat.clientWidth + 1;
  for (const way of ["under", "beside", "tight", "broken"]) { // the last one breaks words that no line holds
    heat.dataset.way = way;
    if (!over()) return;
  }
}

// The scatter: two questions from 1 to 5, a circle as large as many answered so.

function scatterFigure(figure, narrow) {
  const { x, y, points, mean } = figure;
  const ends = element("div", "ends");
  ends.append(element("p", "", y.high), element("p", "", y.low));
  const below = element("div", "below");
  below.append(element("p", "", x.low), element("p", "axis-name", `${x.label}\u00a0→`), element("p", "", x.high));
  const drawing = plot("scatter", named(figure), element("p", "axis-name", `↑\u00a0${y.label}`), ends, svg("svg", { class: "drawing" }), below);
  const side = element("div", "side");
  if (mean?.label) {
    const key = element("p", "legend");
    const one = element("span");
    one.append(svg("svg", { class: "key", viewBox: "-28 -28 56 56", "aria-hidden": "true" }, ...cross(0, 0, 24)), mean.label);
    key.append(one);
    side.append(key);
  }
  const said = points.map((point) => [String(point.x), String(point.y), String(point.n)]);
  return [heading(figure), drawing, ...(narrow && !mean?.label ? [] : [side]), unseen(table([x.label, y.label, "n"], said))];
}

/** A cross that is open in the middle: it hides no number it lies on. */
function cross(x, y, arm) {
  const d = [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([a, b]) => `M${x + a * arm * 0.3} ${y + b * arm * 0.3}L${x + a * arm} ${y + b * arm}`).join("");
  return [svg("path", { d, class: "mean under" }), svg("path", { d, class: "mean" })];
}

/** The radius of a circle whose area goes by n, where the largest of all has `top`. */
export function radius(n, most, top) {
  return top * Math.sqrt(n / most);
}

function finishScatter(place, { points, mean }) {
  const drawing = place.querySelector(".scatter .drawing");
  const { width, height } = sized(drawing);
  const [cell, row] = [width / SCALE, height / SCALE];
  const at = (x, y) => ({ x: (x - 0.5) * cell, y: height - (y - 0.5) * row });
  const places = Array.from({ length: SCALE }, (_, i) => i + 1);
  const grid = places.map((i) => `M${at(i, 0.5).x} 0V${height}M0 ${at(0.5, i).y}H${width}`).join("");
  const most = Math.max(...points.map(({ n }) => n), 1);
  const placed = points.map(({ x, y, n }) => ({ ...at(x, y), n, r: radius(n, most, 0.48 * Math.min(cell, row)) }));
  const circles = placed.map(({ x, y, r }) => svg("circle", { cx: x, cy: y, r, class: "people" }));
  const numbers = placed.map(({ x, y, n, r }) => {
    const inside = r >= 13 + 9 * String(n).length; // half of the number's diagonal
    const number = svg("text", { x: inside ? x : x + r + 7, y: y + 11, class: inside ? "number inside" : "number" });
    number.textContent = n;
    return number;
  });
  const axes = svg("path", { d: `M0 0V${height}H${width}`, class: "axis" });
  const middle = mean ? [at(mean.x, mean.y)].flatMap(({ x, y }) => cross(x, y, 40)) : [];
  drawing.replaceChildren(svg("path", { d: grid, class: "grid" }), axes, ...circles, ...middle, ...numbers);
}

// What moved: before and after.

function movedFigure(figure) {
  const { rows, names, triangle } = figure;
  const most = Math.max(...rows.flatMap(({ before, after }) => [before, after]), 1);
  const columns = (triangle ? [rows] : movedColumns(rows)).map((some) => {
    const column = element("div", "moves-column");
    column.append(...some.map((row) => moveRow(row, most)));
    return column;
  });
  const list = plot("moves", named(figure), ...columns);
  const key = element("p", "legend");
  for (const name of ["before", "after"]) {
    const one = element("span");
    one.append(element("i", `move ${name}`), names[name]);
    key.append(one);
  }
  const side = element("div", "side");
  if (triangle) side.append(...triangleFigure(triangle, true));
  const said = unseen(table(["", names.before, names.after], rows.map(({ label, before, after }) => [label, String(before), String(after)])));
  return [heading(figure), key, list, ...(triangle ? [side] : []), said];
}

/** One column, or two when the rows are many: parted where hindrance turns into room, else half-way. */
function movedColumns(rows) {
  if (rows.length <= 7) return [rows];
  const turn = rows.findIndex(({ kind }) => kind !== rows[0].kind);
  const at = turn >= 3 && rows.length - turn >= 3 ? turn : Math.ceil(rows.length / 2);
  return [rows.slice(0, at), rows.slice(at)];
}

function moveRow({ label, before, after, kind }, most) {
  const made = element("div", `moved-row ${kind}`);
  const name = element("span", "label");
  const shape = { hindernis: "M16 3 30 29H2Z", ruimte: "M16 3a13 13 0 1 0 .01 0Z" }[kind]; // colour and shape both tell which
  if (shape) name.append(svg("svg", { class: "kind", viewBox: "0 0 32 32", "aria-hidden": "true" }, svg("path", { d: shape })));
  name.append(label);
  const bars = element("span", "moves-bars");
  for (const [when, n] of [["before", before], ["after", after]]) {
    const bar = element("i", `move ${when}`);
    bar.style.setProperty("--share", n / most);
    bars.append(bar);
  }
  made.append(name, bars, element("strong", "", `${before} → ${after}`));
  return made;
}

function finishMoved(place, { triangle }) {
  fit(place.querySelector(".moves"), [40, 32, 24, 18, 14, 10, 7, 4, 1]);
  if (!triangle) return;
  const everybody = triangle.centroids.slice(0, 1); // beside the rows it is small: only one centre has room
  drawTriangle(place.querySelector(".triangle"), { ...triangle, centroids: everybody });
}

// What is no drawing: what to do, line by line; which tables have which case.

function scriptFigure({ lines }) {
  const list = element("ol", "script");
  list.append(...lines.map((text) => element("li", "", text)));
  return [list];
}

function tablesFigure(figure) {
  const list = element("ul", "tables");
  list.append(...figure.rows.map(({ tables, case: title }) => {
    const row = element("li");
    row.append(element("span", "where", tables), element("span", "what", title));
    return row;
  }));
  return [heading(figure), list];
}
