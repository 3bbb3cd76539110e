/** Letters that a voice speaks in a second, at the pace of an announcement. */
const LETTERS_A_SECOND = 15;

/** Seconds that it takes to say something. */
export function secondsToSay(text: string): number {
  return Math.max(0.5, Math.round((text.length / LETTERS_A_SECOND) * 10) / 10);
}
