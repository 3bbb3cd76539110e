/** Measures how loud something is right now: root mean square, 0 to 1. */
export interface Meter {
  level(): number;
}

export function meterOf(context: AudioContext, node: AudioNode): Meter {
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  const samples = new Float32Array(analyser.fftSize);
  node.connect(analyser);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
  };
}
