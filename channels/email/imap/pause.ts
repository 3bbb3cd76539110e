const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 60;

/** Seconds to wait after that many failures in a row: doubling, with a little chance so that mailboxes do not march in step. */
export function nextPause(failures: number, chance: number = Math.random()): number {
  const pause = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(10, failures - 1));
  return pause * (0.75 + chance / 2);
}
