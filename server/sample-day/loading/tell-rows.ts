import { sql } from 'kysely';
import { systemActor } from '../../conversations/change-ticket.ts';
import { endTicket } from '../../conversations/end-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import type { ScratchCentre } from '../scratch-centre.ts';
import { copiedTables } from './copied-tables.ts';
import type { ToldLine } from './day-lines.ts';

const ROWS_A_LINE = 500;

/** Ends what is still open: nothing of a sample may wait in the queue of real people. */
export async function endWhatIsOpen({ server, jobs }: ScratchCentre): Promise<void> {
  const { database, unitOfWork, say } = server.context;
  const open = await database.db
    .selectFrom('ticket')
    .select('id')
    .where('state', '<>', 'closed')
    .orderBy('number')
    .execute();
  for (const { id } of open) {
    await unitOfWork(async (unit) => {
      const contact = await lockContact(unit, id);
      if (contact.ticket.state === 'closed') return;
      await endTicket(unit, say, contact, { actor: systemActor, disposition: null, notice: null });
    });
    await jobs.runDue();
  }
}

/** Tells every row that a day left, table by table, in an order in which each finds what it refers to. */
export async function tellRows({ server }: ScratchCentre, tell: (line: ToldLine) => Promise<void>): Promise<void> {
  const { db } = server.context.database;
  for (const { name, numbered } of copiedTables) {
    const order = numbered ? sql.ref(numbered) : sql`1`;
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) as row from ${sql.table(name)} as t order by ${order}`.execute(db);
    for (let from = 0; from < rows.length; from += ROWS_A_LINE) {
      await tell({ line: 'rows', table: name, rows: rows.slice(from, from + ROWS_A_LINE).map(({ row }) => row) });
    }
  }
}
