/** A telephone that rings, as far as the browser lets it before the first click. @returns what ends it */
export function ringTone(): () => void {
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: 0 });
  gain.connect(context.destination);
  const tones = [440, 480].map((frequency) => {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start();
    return tone;
  });
  const ring = () => {
    const at = context.currentTime;
    gain.gain.setTargetAtTime(0.06, at, 0.02);
    gain.gain.setTargetAtTime(0, at + 1, 0.02);
  };
  ring();
  const again = setInterval(ring, 3_000);
  return () => {
    clearInterval(again);
    for (const tone of tones) tone.stop();
    void context.close();
  };
}
