export const speeds = [1, 1.5, 2] as const;
export type Speed = (typeof speeds)[number];

let playing: HTMLMediaElement | null = null;

/** Of all recordings in this tab one plays at a time: `element` starts, the one before it stops where it is. */
export function playAlone(element: HTMLMediaElement): void {
  if (playing !== element) playing?.pause();
  playing = element;
}
