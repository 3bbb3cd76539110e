import type { Logger } from 'pino';

const STOP_MS = 25_000;
/** A terminal and npm pass the same Ctrl-C on: twice within this time is once. */
const SAME_SIGNAL_MS = 1_000;

/** Resolves with the first signal to stop. A second one, later, ends the process at once. */
export function stopSignals(): Promise<string> {
  return new Promise((resolve) => {
    let first = 0;
    const take = (signal: string) => {
      first ||= performance.now();
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(130);
      resolve(signal);
    };
    process.on('SIGTERM', () => take('SIGTERM'));
    process.on('SIGINT', () => take('SIGINT'));
  });
}

/** Stops, and ends the process: with an error when that takes too long. */
export async function stopInTime(server: { stop(): Promise<void> }, log: Logger): Promise<void> {
  const late = setTimeout(() => {
    log.error('not stopped in time');
    process.exit(1);
  }, STOP_MS);
  try {
    await server.stop();
    clearTimeout(late);
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'stopped with an error');
    process.exit(1);
  }
}
