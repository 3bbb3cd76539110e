let context: AudioContext | null = null;

/** Two soft notes. Silent, without an error, while the browser still waits for the page's first click or key. */
export function playOfferSound(): void {
  context ??= new AudioContext();
  void context.resume();
  if (context.state !== 'running') return;
  for (const [frequency, delay] of [
    [659.25, 0],
    [880, 0.16],
  ] as const) {
    const start = context.currentTime + delay;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.22, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.45);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.5);
  }
}

/** Browsers allow sound only after the person has done something in the page: the first click or key unlocks it. */
export function unlockSound(): void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume();
  };
  addEventListener('pointerdown', unlock, { once: true });
  addEventListener('keydown', unlock, { once: true });
}

/** Whether an offer could be heard right now. */
export function isSoundBlocked(): boolean {
  return !navigator.userActivation.hasBeenActive;
}
