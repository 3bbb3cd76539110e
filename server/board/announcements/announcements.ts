import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Announcement, saveAnnouncementSchema } from '../../contract/board.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db, Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { keepFor } from '../keep-for.ts';

/** Every call and every open chat asks; another server's announcement may go unnoticed for so long. */
const TRUSTED_MS = 3_000;

export interface Announcements {
  /** What is announced at this moment, the oldest first. Each ends by itself. */
  live(): Promise<Announcement[]>;
  /** Somebody put one up or took one down. */
  refresh(): void;
}

export function createAnnouncements(db: Db, clock: Clock): Announcements {
  const load = async () => {
    const rows = await db
      .selectFrom('announcement')
      .selectAll()
      .where('ended_at', 'is', null)
      .where('until', '>', clock.now())
      .orderBy('since')
      .execute();
    return rows.map(present);
  };
  let kept = keepFor(TRUSTED_MS, clock, load);
  return {
    async live() {
      const now = clock.now().toISOString();
      return (await kept()).filter(({ until }) => until > now);
    },
    refresh() {
      kept = keepFor(TRUSTED_MS, clock, load);
    },
  };
}

function present(row: Selectable<Tables['announcement']>): Announcement {
  return {
    id: row.id,
    text: row.text,
    voice: row.voice,
    chat: row.chat,
    since: row.since.toISOString(),
    until: row.until.toISOString(),
    by: row.by_name,
  };
}

/** @throws AppError `invalid_input` for an end that has passed */
export async function putUpAnnouncement(
  unit: Unit,
  by: { id: string; name: string },
  input: z.output<typeof saveAnnouncementSchema>,
): Promise<Announcement> {
  const until = new Date(input.until);
  if (until <= unit.now) throw new AppError('invalid_input', { until: 'past' });
  // Who reads only English still had better hear it in Spanish than not at all.
  const text = { es: input.text.es.trim(), en: input.text.en.trim() || input.text.es.trim() };
  const row = await unit.tx
    .insertInto('announcement')
    .values({
      id: uuid(),
      text: json(text),
      voice: input.voice,
      chat: input.chat,
      since: unit.now,
      until,
      ended_at: null,
      by_id: by.id,
      by_name: by.name,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.emit('configuration.changed', 'announcements');
  return present(row);
}

/** Takes one down before its time; one that is over stays over. @throws AppError `not_found` */
export async function endAnnouncement(unit: Unit, id: string): Promise<Announcement> {
  const row = await unit.tx
    .updateTable('announcement')
    .set((update) => ({ ended_at: update.fn.coalesce('ended_at', update.val(unit.now)) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  unit.emit('configuration.changed', 'announcements');
  return present(row);
}
