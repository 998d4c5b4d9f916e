// Bars: how often each thing was named or chosen, whole or in parts.

/** Bars and their distance give way before a row falls off; a number stands in its bar only where it fits. */
function spread(frame) {
  const steps = [[18, 12], [14, 9], [10, 6], [8, 3]];
  const large = frame.querySelector(".part span") || frame.closest("[data-alone]").dataset.alone;
  if (large) steps.unshift([48, 26], [48, 16], [44, 8], [38, 4]);
  for (const [bar, gap] of steps) {
    frame.style.setProperty("--bar", bar);
    frame.style.setProperty("--gap", gap);
    for (const number of frame.querySelectorAll(".part span")) {
      number.hidden = false;
      const { parentElement: place } = number;
      number.hidden = number.offsetWidth > place.clientWidth || number.offsetHeight > place.clientHeight + 2;
    }
    if (frame.scrollHeight <= frame.clientHeight + 2) return;
  }
}

function bars({ title, note, rows, kind, legend }) {
  let means = new Map(legend ?? []);
  const list = element("ul", `${kind}${rows.length > 6 ? " many" : ""}`);
  let under = list;
  for (const { heading: question, legend: own, ...row } of rows) {
    if (!question) { under.append(barRow(row, means)); continue; }
    const column = element("li", "question"); // what follows answers this one, perhaps with means of its own
    under = element("ul");
    column.append(element("p", "", question), ...(own?.length ? [key(own)] : []), under);
    list.append(column);
    means = new Map(own ?? legend ?? []);
  }
  const questions = list.querySelectorAll(".question").length;
  if (questions) { list.className = `${kind} questions`; list.style.setProperty("--columns", Math.min(3, questions)); }
  return [...(title ? [element("h2", "", title)] : []), ...(note ? [element("p", "note", note)] : []), ...(legend ? [key(legend)] : []), list];
}

/** What the colours of the parts mean. */
function key(legend) {
  const line = element("p", "legend");
  line.append(...legend.map(([name, text]) => {
    const one = element("span");
    one.append(element("i", `part ${name}`), text);
    return one;
  }));
  return line;
}

function barRow({ label, value, share, strong, parts }, means) {
  const row = element("li", strong ? "strong" : "");
  const line = element("div", "line");
  line.append(element("span", "", label), element("span", "value", value));
  const track = element("div", parts ? "track parted" : "track");
  for (const [name, one, said] of parts ?? [["fill", share, null]]) {
    const fill = element("div", name);
    if (said) fill.append(element("span", "", said));
    fill.style.setProperty("--share", one);
    track.append(fill);
  }
  if (parts) {
    track.setAttribute("role", "img");
    track.setAttribute("aria-label", parts.map(([name, , said]) => `${means.get(name.replace("part ", "")) ?? ""} ${said}`).join(", "));
  }
  row.append(line, track);
  return row;
}
