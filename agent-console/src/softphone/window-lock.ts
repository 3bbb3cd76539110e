/** A hidden window waits a moment, so that the one in front answers. */
const COURTESY_MILLISECONDS = 250;

const nameOf = (callId: string) => `console:call:${callId}`;

/**
 * Makes sure that of several windows of one person a single one has the voice of a call.
 * @param options `steal` takes it from the window that has it, which is told by `onStolen`
 * @returns null: another window has it; else gives it back
 */
export async function claimCall(
  callId: string,
  { steal, onStolen }: { steal: boolean; onStolen(): void },
): Promise<(() => void) | null> {
  if (document.visibilityState === 'hidden') await new Promise((resolve) => setTimeout(resolve, COURTESY_MILLISECONDS));
  return new Promise((resolve) => {
    let isOurs = true;
    navigator.locks
      .request(nameOf(callId), steal ? { steal } : { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        // Held until it is given back, or the window goes away.
        return new Promise<void>((release) =>
          resolve(() => {
            isOurs = false;
            release();
          }),
        );
      })
      .catch(() => {
        if (isOurs) onStolen();
      });
  });
}

/** Whether some window of this browser has the voice of a call. */
export async function isClaimed(callId: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === nameOf(callId));
}

/** Resolves when no window has the voice of a call any more: it ended, or its window did. */
export const whenFree = (callId: string): Promise<void> => navigator.locks.request(nameOf(callId), () => {});
