import { type Meter, meterOf } from './meter.ts';

/** One of the others, as they are heard here. */
export interface Ear {
  /** Their voice behind the gate: silence while they are not to be heard. */
  readonly voice: AudioNode;
  readonly meter: Meter;
  opens(hearing: boolean): void;
  /** Whether their voice goes into that mix as well. */
  mixes(mix: AudioNode, on: boolean): void;
  output(deviceId: string): Promise<void>;
  /** Plays now, where the browser wanted a gesture first. */
  wake(): void;
  close(): void;
}

/** Plays a stream, and lets it be measured and mixed. `onBlocked`: the browser wants a gesture before it plays. */
export function createEar(context: AudioContext, stream: MediaStream, onBlocked: () => void): Ear {
  // An element plays it: only so does the browser take what comes out for what is to be cancelled as an echo.
  const player = new Audio();
  player.srcObject = stream;
  player.muted = true;
  const source = context.createMediaStreamSource(stream);
  const gate = new GainNode(context, { gain: 0 });
  source.connect(gate);

  let mixed = false;
  const play = () => player.play().catch(onBlocked);
  void play();

  return {
    voice: gate,
    meter: meterOf(context, gate),
    opens(hearing) {
      player.muted = !hearing;
      gate.gain.value = hearing ? 1 : 0;
    },
    mixes(mix, on) {
      if (on === mixed) return;
      mixed = on;
      if (on) gate.connect(mix);
      else gate.disconnect(mix);
    },
    async output(deviceId) {
      if ('setSinkId' in player) await player.setSinkId(deviceId);
    },
    wake: () => void play(),
    close() {
      player.pause();
      player.srcObject = null;
      source.disconnect();
      gate.disconnect();
    },
  };
}
