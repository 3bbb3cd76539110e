import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { DayFigures } from './figures/count-day.ts';
import type { DayLine } from './loading/day-lines.ts';
import { endWhatIsOpen, tellRows } from './loading/tell-rows.ts';
import { contactsAYear, type DayChannel } from './plan/volumes.ts';
import { type DayRun, runDay } from './run-day.ts';

const everyChannel = Object.keys(contactsAYear) as [DayChannel, ...DayChannel[]];

const optionsSchema = z.object({
  seed: z.coerce.number().int().min(0).max(0xffff_ffff),
  scale: z.coerce.number().positive().max(5),
  city: z.string(),
  from: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  hours: z.coerce.number().positive().max(48),
  channels: z
    .string()
    .transform((names) => names.split(','))
    .pipe(z.array(z.enum(everyChannel)).min(1)),
});

/** The day that is played unless told otherwise: a Wednesday, from midnight to midnight in Veracruz. */
const SAMPLE_DAY = '2026-09-09T00:00:00-06:00';
/** Of a day for a living installation: before its end what was begun is brought to its end. */
const QUIET_SECONDS = 25 * 60;

const { values } = parseArgs({
  options: {
    day: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    scale: { type: 'string', default: '1' },
    city: { type: 'string', default: 'veracruz' },
    from: { type: 'string', default: SAMPLE_DAY },
    hours: { type: 'string', default: '24' },
    channels: { type: 'string', default: everyChannel.join(',') },
  },
});
const options = optionsSchema.parse(values);
const run: DayRun = {
  ...options,
  until: new Date(options.from.getTime() + options.hours * 3_600_000),
  folioPrefix: 'DIA',
  quietSeconds: 0,
};

// Whoever started it may want it no more; its database and providers end with it.
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort(new Error('stopped')));
process.stdout.on('error', () => stopped.abort(new Error('nobody listens any more')));
run.signal = stopped.signal;

await (values.rows ? tellDay() : printDay());

/** For people, and with `--json` for programs: the figures of the day on one line, and nothing else. */
async function printDay(): Promise<void> {
  const began = performance.now();
  const progress = (share: number) => {
    const seconds = Math.round((performance.now() - began) / 1_000);
    process.stderr.write(`\r${Math.round(share * 100)} % of the day, ${seconds} s`);
  };
  const figures = await runDay({ ...run, progress }, async (_centre, counted): Promise<DayFigures> => counted);
  process.stderr.write('\n');
  process.stdout.write(`${JSON.stringify(figures, null, values.json ? undefined : 2)}\n`);
}

/** For a server that loads it: how far it is, and then all that it left, a line of JSON each. */
async function tellDay(): Promise<void> {
  const tell = async (line: DayLine) => {
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
  };
  await runDay(
    { ...run, quietSeconds: QUIET_SECONDS, progress: (share) => void tell({ line: 'progress', progress: share }) },
    async (centre, { contacts, cases }) => {
      await endWhatIsOpen(centre);
      await tellRows(centre, tell);
      await tell({ line: 'end', contacts, cases });
    },
  );
}
