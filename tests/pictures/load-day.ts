import { api } from '../../server/contract/routes.ts';
import { connectOperator } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

/** A whole day of forty operators, on a slow machine. */
const AT_MOST_MS = 30 * 60_000;

/** Has the server play its sample day, and waits for it. */
export async function loadDay(url: string, seed: number, password: string, tell: (line: string) => void) {
  const fernando = await connectOperator(url, 'fernando@veracruz.example.org', password);
  let last = '';
  try {
    await fernando.call(api.loadSampleDay, { body: { seed } });
    const day = await until(
      async () => {
        const now = await fernando.call(api.sampleDay);
        const line = `${now.state} ${Math.round(now.progress * 100)} %`;
        if (line !== last) tell(line);
        last = line;
        return now.state === 'loading' ? null : now;
      },
      { what: 'the day to be loaded', timeout: AT_MOST_MS },
    );
    if (day.state !== 'loaded') throw new Error(`The day was not loaded: ${day.reason}`);
  } finally {
    fernando.leave();
  }
}
