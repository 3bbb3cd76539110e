/** Two bars of four chords, as steps above the ground note in semitones: calm, and at home nowhere in particular. */
const CHORDS = [
  [0, 7, 12, 16],
  [-3, 4, 9, 12],
  [-7, 5, 9, 12],
  [-5, 2, 7, 11],
] as const;
const ORDER = [0, 2, 1, 3, 2, 1] as const;
const GROUND_HZ = 196;
const NOTE_SECONDS = 0.5;
const BAR_SECONDS = NOTE_SECONDS * ORDER.length;
const LOUDNESS = 0.06;
/** How far ahead notes are written; a page in the background is woken once a second at most. */
const AHEAD_SECONDS = 3;

export interface HoldMusic {
  play(on: boolean): void;
  close(): void;
}

/** Music for whoever waits, made here: nothing to load, nobody's rights. */
export function createHoldMusic(context: AudioContext, destination: AudioNode = context.destination): HoldMusic {
  const volume = new GainNode(context, { gain: 0 });
  volume.connect(destination);
  let timer: ReturnType<typeof setInterval> | null = null;
  let next = 0;
  let bar = 0;

  function note(semitones: number, at: number): void {
    const tone = new OscillatorNode(context, { type: 'triangle', frequency: GROUND_HZ * 2 ** (semitones / 12) });
    const shape = new GainNode(context, { gain: 0 });
    shape.gain.setValueAtTime(0, at);
    shape.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
    shape.gain.exponentialRampToValueAtTime(0.0005, at + NOTE_SECONDS * 2.5);
    tone.connect(shape).connect(volume);
    tone.start(at);
    tone.stop(at + NOTE_SECONDS * 2.6);
    tone.onended = () => shape.disconnect();
  }

  function write(): void {
    next = Math.max(next, context.currentTime + 0.05);
    while (next < context.currentTime + AHEAD_SECONDS) {
      const chord = CHORDS[bar % CHORDS.length] ?? CHORDS[0];
      ORDER.forEach((index, step) => {
        note(chord[index] ?? 0, next + step * NOTE_SECONDS);
      });
      next += BAR_SECONDS;
      bar += 1;
    }
  }

  return {
    play(on) {
      volume.gain.cancelScheduledValues(context.currentTime);
      volume.gain.setTargetAtTime(on ? 1 : 0, context.currentTime, 0.15);
      if (on && timer === null) {
        write();
        timer = setInterval(write, 1_000);
      } else if (!on && timer !== null) {
        clearInterval(timer);
        timer = null;
      }
    },
    close() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      volume.disconnect();
    },
  };
}
