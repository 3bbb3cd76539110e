/** Each key is a row's and a column's tone at once: ITU-T Q.23. */
const ROWS = [697, 770, 852, 941] as const;
const COLUMNS = [1_209, 1_336, 1_477] as const;
const KEYS = '123456789*0#';
const TONE_SECONDS = 0.16;
const PAUSE_SECONDS = 0.08;
const LOUDNESS = 0.2;

/** Plays keys into somebody's voice, where no telephone company carries them beside it. */
export interface KeyTones {
  press(digits: string): void;
  microphone(stream: MediaStream): void;
}

/** `speakBy` is given the voice with the tones while keys sound, and the bare microphone again after that. */
export function createKeyTones(
  context: AudioContext,
  microphone: MediaStream | null,
  speakBy: (stream: MediaStream) => void,
): KeyTones {
  let bare = microphone;
  let until = 0;
  let mix: { source: MediaStreamAudioSourceNode | null; out: MediaStreamAudioDestinationNode } | null = null;

  function begin() {
    const out = context.createMediaStreamDestination();
    const source = bare ? context.createMediaStreamSource(bare) : null;
    source?.connect(out);
    mix = { source, out };
    speakBy(out.stream);
    return mix;
  }

  function end() {
    if (context.currentTime < until - 0.01 || !mix) return;
    mix.source?.disconnect();
    mix = null;
    if (bare) speakBy(bare);
  }

  return {
    press(digits) {
      // A key is pressed by hand: by then the browser lets the page sound.
      void context.resume();
      const { out } = mix ?? begin();
      for (const digit of digits) {
        const at = KEYS.indexOf(digit);
        if (at < 0) continue;
        const start = Math.max(until, context.currentTime + 0.05);
        until = start + TONE_SECONDS + PAUSE_SECONDS;
        const volume = new GainNode(context, { gain: LOUDNESS });
        volume.connect(out);
        volume.connect(context.destination);
        for (const frequency of [ROWS[Math.floor(at / 3)], COLUMNS[at % 3]]) {
          const tone = new OscillatorNode(context, { frequency: frequency ?? 0 });
          tone.connect(volume);
          tone.start(start);
          tone.stop(start + TONE_SECONDS);
          tone.onended = () => {
            volume.disconnect();
            end();
          };
        }
      }
    },
    microphone(stream) {
      bare = stream;
      until = 0;
      mix?.source?.disconnect();
      mix = null;
    },
  };
}
