import { parseArgs } from 'node:util';
import { z } from 'zod';
import { contactsAYear, type DayChannel } from './plan/volumes.ts';
import { runDay } from './run-day.ts';

const optionsSchema = z.object({
  seed: z.coerce.number().int().min(0).max(0xffff_ffff),
  json: z.boolean(),
  scale: z.coerce.number().positive().max(5),
  city: z.string(),
  from: z.iso.datetime({ offset: true }),
  hours: z.coerce.number().positive().max(48),
  channels: z.array(z.enum(Object.keys(contactsAYear) as [DayChannel, ...DayChannel[]])).min(1),
});

/** The day that is played unless told otherwise: a Wednesday, from midnight to midnight in Veracruz. */
const SAMPLE_DAY = '2026-09-09T00:00:00-06:00';

const { values } = parseArgs({
  options: {
    day: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    scale: { type: 'string', default: '1' },
    city: { type: 'string', default: 'veracruz' },
    from: { type: 'string', default: SAMPLE_DAY },
    hours: { type: 'string', default: '24' },
    channels: { type: 'string', default: Object.keys(contactsAYear).join(',') },
  },
});
const options = optionsSchema.parse({ ...values, channels: values.channels.split(',') });

const from = new Date(options.from);
const began = performance.now();
const figures = await runDay(
  {
    ...options,
    from,
    until: new Date(from.getTime() + options.hours * 3_600_000),
    folioPrefix: 'DIA',
    quietSeconds: 0,
    progress: (share) =>
      process.stderr.write(
        `\r${Math.round(share * 100)} %  ${Math.round((performance.now() - began) / 1_000)} s of real time `,
      ),
  },
  async (_centre, counted) => counted,
);
process.stderr.write('\n');
process.stdout.write(options.json ? `${JSON.stringify(figures)}\n` : `${JSON.stringify(figures, null, 2)}\n`);
