// The triangle of values: where shares lie in it, and how one draws people's arrows and the centres of roles.

const HEIGHT = Math.sqrt(3) / 2;
const CORNERS = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // top, left, right
const LINES = [0.25, 0.5, 0.75];
const EDGE = 22; // units around the triangle, for marks that lie on its rim
const ROLE = { hollow: 9, filled: 13 }; // radius of a mark in units: roles lie close together
const EVERYBODY = { hollow: 12, filled: 17 };

/** Where shares (top, left, right; together 1) lie in a triangle of this side whose box begins at 0, 0. */
export function spot([top, , right], side) {
  return { x: (right + top / 2) * side, y: (1 - top) * side * HEIGHT };
}

/** The ends of the line on which one corner (0, 1 or 2) has this share. */
export function level(corner, share, side) {
  return [1, 2].map((turn) => {
    const shares = [0, 0, 0];
    shares[corner] = share;
    shares[(corner + turn) % 3] = 1 - share;
    return spot(shares, side);
  });
}

/** The path of an arrow that stops `short` of its end and begins `short` after its start; "" when that leaves nothing. */
export function arrow(from, to, head, short = 0) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length <= 2 * short + 1) return "";
  const [ux, uy] = [dx / length, dy / length];
  const start = [from.x + ux * short, from.y + uy * short];
  const [x, y] = [to.x - ux * short, to.y - uy * short];
  const wing = (side) => [x - head * (ux * 0.87 + side * uy * 0.5), y - head * (uy * 0.87 - side * ux * 0.5)];
  const at = (point) => point.map((value) => value.toFixed(1)).join(" ");
  return `M${at(start)}L${at([x, y])}M${at(wing(1))}L${at([x, y])}L${at(wing(-1))}`;
}

/** How strongly one arrow is drawn when there are `n`: a few stand out, three hundred stay a field one can look through. */
export function strength(n) {
  return Math.min(0.75, Math.max(0.12, 2.3 / Math.sqrt(n)));
}

/** The first of these boxes {x, y, width, height} that hits none of those taken and stays in the frame, or null. */
export function free(boxes, taken, frame) {
  const hits = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const inside = (a) => a.x >= 0 && a.y >= 0 && a.x + a.width <= frame.width && a.y + a.height <= frame.height;
  return boxes.find((box) => inside(box) && !taken.some((other) => hits(box, other))) ?? null;
}

function star(radii, turn) {
  return radii.map((r, i) => {
    const angle = ((turn + (360 * i) / radii.length) * Math.PI) / 180;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

const PLUS = [[-0.42, -1.15], [0.42, -1.15], [0.42, -0.42], [1.15, -0.42], [1.15, 0.42], [0.42, 0.42]];
const SHAPES = [ // everybody first; neighbours in the list differ most
  star(Array(32).fill(1), 0),
  star(Array(4).fill(1.22), 45),
  star(Array(3).fill(1.35), -90),
  star(Array(4).fill(1.3), 0),
  [...PLUS, ...PLUS.map(([x, y]) => [-x, -y])],
  star(Array(3).fill(1.35), 90),
  star(Array(10).fill(0).map((_, i) => (i % 2 ? 0.62 : 1.4)), -90),
  star(Array(6).fill(1.12), 0),
];

/** The mark of a role, hollow (now) or filled (should): its shape and its colour both tell which. */
function roleMark(index, { x, y }, filled) {
  const shape = SHAPES[index % SHAPES.length];
  const kind = filled ? "filled" : "hollow";
  const r = (index ? ROLE : EVERYBODY)[kind];
  const d = `M${shape.map(([a, b]) => `${(x + a * r).toFixed(1)} ${(y + b * r).toFixed(1)}`).join("L")}Z`;
  const rim = svg("path", { d, class: "rim" });
  return svg("g", { class: `role r${index % SHAPES.length} ${kind}` }, rim, svg("path", { d, class: "face" }));
}

/** The mark alone, for a table or a key. */
function roleKey(index, filled) {
  return svg("svg", { class: "key", viewBox: "-23 -23 46 46", "aria-hidden": "true" }, roleMark(index, { x: 0, y: 0 }, filled));
}

/** The frame of the drawing: the corners' names in HTML, so that they wrap; the rest is drawn once it has a size. */
function trianglePlot(figure, name) {
  const [top, left, right] = figure.corners;
  const below = element("div", "corners");
  below.append(element("p", "corner", left), element("p", "corner", right));
  return plot("triangle", name, element("p", "corner", top), svg("svg", { class: "drawing" }), below);
}

/** Draws the triangle in the size that its place has now. */
function drawTriangle(plot, { arrows, centroids }) {
  const drawing = plot.querySelector(".drawing");
  const frame = sized(drawing);
  const side = Math.max(1, Math.min(frame.width - 2 * EDGE, (frame.height - 2 * EDGE) / HEIGHT));
  const [left, up] = [(frame.width - side) / 2, (frame.height - side * HEIGHT) / 2];
  const at = (shares) => { const { x, y } = spot(shares, side); return { x: x + left, y: y + up }; };
  const moved = ({ x, y }) => `${(x + left).toFixed(1)} ${(y + up).toFixed(1)}`;
  const grid = CORNERS.flatMap((_, corner) => LINES.map((share) => `M${level(corner, share, side).map(moved).join("L")}`)).join("");
  const rim = `M${CORNERS.map((shares) => moved(spot(shares, side))).join("L")}Z`;
  const people = svg("g", { class: "people", style: `--strength: ${strength(arrows.length)}` }, ...arrows.map(({ from, to }) => {
    const end = at(to);
    const path = from && arrow(at(from), end, 13);
    return path ? svg("path", { d: path }) : svg("circle", { cx: end.x, cy: end.y, r: 7 });
  }));
  drawing.replaceChildren(svg("path", { d: grid, class: "grid" }), svg("path", { d: rim, class: "axis" }), people);
  const marks = centroids.map(({ now, should }, i) => ({ i, now: now && at(now), should: should && at(should) })).reverse();
  for (const { i, now, should } of marks) { // everybody last, so on top
    const way = now && should && arrow(now, should, i ? 15 : 19, i ? ROLE.filled + 4 : EVERYBODY.filled + 4);
    if (way) drawing.append(svg("path", { d: way, class: "way under" }), svg("path", { d: way, class: i ? "way" : "way all" }));
  }
  for (const { i, now, should } of marks) {
    if (now) drawing.append(roleMark(i, now, false));
    if (should) drawing.append(roleMark(i, should, true));
  }
  nameMarks(drawing, frame, centroids, marks.reverse(), [frame.within(plot.querySelector(".corner"))]);
}

/** Names beside the marks where there is room for them; who finds none stands in the key. */
function nameMarks(drawing, frame, centroids, marks, before) {
  const around = (r) => ({ x, y }) => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  const taken = [...before, ...marks.flatMap(({ now, should }) => [now, should].filter(Boolean).map(around(ROLE.filled + 2)))];
  for (const { i, now, should } of marks) {
    const name = svg("text", { class: i ? "name" : "name all" });
    name.textContent = centroids[i].label;
    drawing.append(name);
    const [width, height] = [name.getComputedTextLength(), 36];
    const boxes = [should, now].filter(Boolean).flatMap(({ x, y }) => [
      { x: x + 26, y: y - height / 2 }, { x: x - 26 - width, y: y - height / 2 },
      { x: x - width / 2, y: y - 22 - height }, { x: x - width / 2, y: y + 22 },
      { x: x + 18, y: y - 15 - height }, { x: x - 18 - width, y: y - 15 - height }, { x: x + 18, y: y + 15 }, { x: x - 18 - width, y: y + 15 },
    ]).map((place) => ({ ...place, width, height }));
    const box = free(boxes, taken, frame);
    if (!box) { name.remove(); continue; }
    taken.push(box);
    name.setAttribute("x", box.x);
    name.setAttribute("y", box.y + 0.78 * height);
  }
}

/** Now and should as percentages, one column a corner; where only one of the two is known, that one. */
function centroidRows({ centroids }) {
  const said = (share) => Math.round(100 * share);
  return centroids.map(({ label, n, now, should }) => {
    const shares = [0, 1, 2].map((i) => `${[now, should].filter(Boolean).map((one) => said(one[i])).join(" → ")}\u00a0%`);
    return [label, String(n), ...shares];
  });
}

function centroidTable(figure) {
  const made = table(["", "n", ...figure.corners], centroidRows(figure));
  made.className = "centroids";
  [...made.tBodies[0].rows].forEach((row, i) => row.cells[0].prepend(roleKey(i, Boolean(figure.centroids[i].should))));
  return made;
}

/** What stands beside a triangle: which mark is what, and the numbers; beside cards only the marks. */
function triangleSide(figure, narrow) {
  const { centroids, names, misfit } = figure;
  const key = element("p", "legend");
  for (const [name, filled] of [["now", false], ["should", true]]) {
    if (!centroids.some((one) => one[name])) continue;
    const one = element("span");
    one.append(roleKey(0, filled), names[name]);
    key.append(one);
  }
  if (misfit) key.append(element("span", "soft", misfit));
  const side = element("div", "side");
  side.append(key);
  if (narrow && centroids.length) {
    const list = element("ul", "marks");
    list.append(...centroids.map(({ label, n, should }, i) => {
      const row = element("li");
      row.append(roleKey(i, Boolean(should)), element("span", "", label), element("span", "soft", n));
      return row;
    }));
    side.append(list, unseen(centroidTable(figure)));
  } else if (centroids.length) side.append(centroidTable(figure));
  return side;
}
