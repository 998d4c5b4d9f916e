// The time left, and its end that one hears. Shared by screen and console.

const LATE = 5; // s after which the end is no news any more: a laptop that slept stays silent

/** Minutes and seconds, or null when no time runs. */
function clockText(clock, skew) {
  if (!clock) return null;
  const left = clock.remaining ?? clock.ends_at - (Date.now() / 1000 + skew);
  const s = Math.max(0, Math.ceil(left));
  return { text: `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`, left: s, share: Math.min(1, s / clock.total) };
}

/** Call at every tick: one chime when the time passes zero while one looks; not at load, and once for each end. */
function chimeAtZero(state, clock, skew) {
  if (!clock?.sound || clock.remaining != null) { state.awaited = null; return; }
  const left = clock.ends_at - (Date.now() / 1000 + skew);
  if (left > 0) {
    if (state.rung !== clock.ends_at) state.awaited = clock.ends_at; // a clock set right by a second rings no second time
  } else if (state.awaited === clock.ends_at) {
    state.awaited = null;
    state.rung = clock.ends_at;
    if (left > -LATE) chime();
  }
}

/** Two soft tones within a second. Where the browser wants a click first, there is no sound, then or later. */
function chime() {
  try {
    const sound = new AudioContext();
    for (const [tone, after] of [[659, 0], [880, 0.16]]) {
      const wave = sound.createOscillator();
      const volume = sound.createGain();
      const from = sound.currentTime + after;
      wave.type = "sine";
      wave.frequency.value = tone;
      volume.gain.setValueAtTime(0.0001, from);
      volume.gain.exponentialRampToValueAtTime(0.12, from + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.8);
      wave.connect(volume);
      volume.connect(sound.destination);
      wave.start(from);
      wave.stop(from + 0.85);
    }
    setTimeout(() => sound.close().catch(() => {}), 1500);
  } catch { /* a browser without sound */ }
}
