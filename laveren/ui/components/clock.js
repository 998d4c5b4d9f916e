// The console's clock; it also wakes the console when something came in.

const clocks = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector("#clock");
  let state = clocks.get(parentElement);
  if (!state) {
    state = {};
    clocks.set(parentElement, state);
    state.tick = setInterval(() => show(root, state), 500);
  }
  state.data = data;
  state.skew = data.now - Date.now() / 1000;
  show(root, state);
  const stop = awake(component, (away) => {
    const said = root.querySelector(".away");
    said.hidden = !away;
    said.textContent = data.away;
  });
  return () => { clearInterval(state.tick); clocks.delete(parentElement); stop(); };
}

function show(root, state) {
  const { data, skew } = state;
  chimeAtZero(state, data.clock, skew);
  const now = clockText(data.clock, skew);
  root.querySelector(".time").textContent = now ? now.text : "";
  const said = now ? (data.clock.paused ?? (now.left ? "" : data.clock.over)) : data.idle;
  const line = root.querySelector(".said");
  if (line.textContent !== said) line.textContent = said;
}
