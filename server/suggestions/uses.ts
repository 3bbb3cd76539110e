import { addSeconds } from '../clock.ts';
import type { SuggestionFigures, SuggestionUse } from '../contract/suggestion.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

const DAYS = 90;
const DAY = 86_400;

/** Keeps what became of a suggestion, beside the message that was sent; never what it said. */
export async function keepUse(unit: Unit, messageId: string, { kind, id, use }: SuggestionUse): Promise<void> {
  await unit.tx
    .insertInto('suggestion_use')
    .values({ message_id: messageId, kind, suggested_id: id, use, at: unit.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How often suggestions helped. */
export async function countUses(db: Db, now: Date): Promise<SuggestionFigures> {
  const rows = await db
    .selectFrom('suggestion_use')
    .select((column) => ['use', column.fn.countAll<number>().as('count')])
    .where('at', '>', addSeconds(now, -DAYS * DAY))
    .groupBy('use')
    .execute();
  const of = (use: SuggestionUse['use']) => Number(rows.find((row) => row.use === use)?.count ?? 0);
  const [asIs, edited, ignored] = [of('as_is'), of('edited'), of('ignored')];
  return { days: DAYS, shown: asIs + edited + ignored, asIs, edited };
}
