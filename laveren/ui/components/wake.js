// Wakes a fragment when something came in: one rerun under way and one waiting at most. Shared by screen and console.

const QUIET = 20000; // ms without a sign of life: some proxies hold streams back
const POLL = 5000; // ms between two looks while the stream is silent
const STUCK = 6000; // ms after which a rerun is not coming back
const SETTLE = 3000; // ms that the page gets to find its way back before anything is asked of it
const wakers = new WeakMap();

function waker(parentElement, code) {
  const w = { busy: 0, waiting: false, tries: 0, calm: 0, lost: false, stamp: null, heard: Date.now(), away: false, trigger: null, onAway: null };
  const url = `/api/live?workshop=${encodeURIComponent(code)}&topic=board`;

  w.ask = () => {
    // A new server does not know our fragment before the page itself has run there: what is asked earlier is lost.
    if (Date.now() < w.calm) { clearTimeout(w.later); w.later = setTimeout(w.ask, w.calm - Date.now()); return; }
    if (w.busy && Date.now() - w.busy < STUCK) { w.waiting = true; return; }
    w.busy = Date.now();
    w.waiting = false;
    w.trigger("wake", w.stamp);
  };
  const hear = () => { w.heard = Date.now(); if (w.away) { w.away = false; w.onAway?.(false); } };
  const take = (stamp) => { hear(); if (stamp !== w.stamp) { w.stamp = stamp; w.ask(); } };
  const look = async () => {
    if (w.busy && Date.now() - w.busy >= STUCK && !w.away) (w.tries += 1) > 1 ? location.reload() : w.ask();
    if (Date.now() - w.heard < QUIET) return;
    try { take(JSON.stringify(await (await fetch(url)).json())); }
    catch { if (!w.away) { w.away = true; w.onAway?.(true); } }
  };

  const open = () => {
    w.source?.close();
    w.source = new EventSource(url);
    w.source.addEventListener("board", (event) => take(JSON.stringify(JSON.parse(event.data))));
    w.source.addEventListener("beat", hear);
    w.source.onopen = () => { if (w.lost) { w.lost = false; w.calm = Date.now() + SETTLE; } };
    w.source.onerror = () => { w.lost = true; setTimeout(missed, 3000); };
  };
  const missed = () => {
    if (w.stopped || w.source.readyState === EventSource.OPEN) return;
    if (!w.away) { w.away = true; w.onAway?.(true); }
    if (w.source.readyState === EventSource.CLOSED) open(); // a browser gives up on some answers; we do not
  };
  open();
  w.timer = setInterval(look, POLL);
  w.stop = () => { w.stopped = true; clearInterval(w.timer); clearTimeout(w.later); w.source.close(); wakers.delete(parentElement); };
  return w;
}

/** Call at every run of a component: the run that was asked for has come back. */
function awake({ data, parentElement, setTriggerValue }, onAway) {
  let w = wakers.get(parentElement);
  if (!w || w.code !== data.code) {
    w?.stop();
    w = waker(parentElement, data.code);
    w.code = data.code;
    w.stamp = data.stamp;
    wakers.set(parentElement, w);
  }
  w.trigger = setTriggerValue;
  w.onAway = onAway;
  onAway?.(w.away);
  w.busy = w.tries = 0;
  if (w.waiting) setTimeout(w.ask, 0); // never while mounting: it would be dropped
  return () => w.stop();
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}
