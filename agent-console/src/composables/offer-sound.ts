import { ref } from 'vue';

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

/** False until the person has clicked or typed in the page: before that, browsers allow it no sound. */
export const soundUnlocked = ref(navigator.userActivation?.hasBeenActive ?? false);

/** Waits for the first click or key, which unlocks the sound. */
export function unlockSound(): void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume();
    soundUnlocked.value = true;
  };
  addEventListener('pointerdown', unlock, { once: true });
  addEventListener('keydown', unlock, { once: true });
}
