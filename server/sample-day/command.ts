import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { checkPlayed, printChecked, reportOf } from './check-command.ts';
import { readEventLog } from './figures/event-log.ts';
import { tableByHour } from './figures/table-by-hour.ts';
import type { ToldLine } from './loading/day-lines.ts';
import { endWhatIsOpen, tellRows } from './loading/tell-rows.ts';
import { contactsAYear, type DayChannel } from './plan/volumes.ts';
import type { DayProgress } from './recur.ts';
import { type DayRun, runDay } from './run-day.ts';
import { createProgressLine } from './tell-progress.ts';

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
const MOST_QUIET_SECONDS = 25 * 60;
const QUIET_SHARE = 1 / 3;

const { values } = parseArgs({
  options: {
    day: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    events: { type: 'string' },
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

/**
 * For people, and with `--json` for programs: the figures of the day on one line, and nothing else. With `--check` they
 * are followed by what reports and board say, each compared with what its raw events come to.
 */
async function printDay(): Promise<void> {
  const line = createProgressLine();
  const { isTTY } = process.stderr;
  const progress = (far: DayProgress) => void process.stderr.write(isTTY ? `\r\x1b[K${line(far)}` : `${line(far)}\n`);
  await runDay({ ...run, progress }, async (played) => {
    if (isTTY) process.stderr.write('\n');
    process.stdout.write(`${JSON.stringify(played.figures, null, values.json ? undefined : 2)}\n`);
    if (values.events)
      await writeFile(values.events, `${(await readEventLog(played.stage.server.context.database.db)).join('\n')}\n`);
    const aside = values.json ? process.stderr : process.stdout;
    if (!values.json) aside.write(`\n${tableByHour((await reportOf(played, run)).byHour)}\n`);
    if (!values.check) return;
    const checked = await checkPlayed(played, run);
    aside.write(`\n${printChecked(checked)}\n`);
    if (checked.differences.length > 0) process.exitCode = 1;
  });
}

/** For a server that loads it: how far it is, and then all that it left, a line of JSON each. */
async function tellDay(): Promise<void> {
  const tell = async (line: ToldLine) => {
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
  };
  const progress = ({ share, at, waiting }: DayProgress) =>
    void tell({ line: 'progress', progress: share, at: at.toISOString(), waiting });
  const quietSeconds = Math.min(MOST_QUIET_SECONDS, options.hours * 3_600 * QUIET_SHARE);
  await runDay({ ...run, quietSeconds, progress }, async ({ centre, figures: { contacts, cases } }) => {
    await endWhatIsOpen(centre);
    await tellRows(centre, tell);
    await tell({ line: 'end', contacts, cases });
  });
}
