import type { z } from 'zod';
import { recordCaseEvent } from '../cases/change-case.ts';
import { addSeconds } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { changeFollowUpSchema, createFollowUpSchema } from '../contract/follow-up.ts';
import type { TicketEvent } from '../contract/http.ts';
import { recordEvent } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, byName, supervises } from '../operators/actor.ts';
import { loadPeople } from '../operators/load-people.ts';
import { type FollowUpRow, lockFollowUp, maySeeAbout } from './follow-up-access.ts';
import { homeQueue } from './home-queue.ts';

type About = Pick<FollowUpRow, 'ticket_id' | 'case_id'>;
type Whose = Pick<FollowUpRow, 'operator_id' | 'queue_id'>;

/** What is due later is found by the reconciler: the job store need not remember it for weeks. */
const SOON_SECONDS = 86_400;

/**
 * Promises to look again. Asked for again with the same id, it is the same promise.
 * @throws AppError `not_found`, `invalid_input` for a time that is past, `follow_up_unseen` for somebody who may not
 * see what it is about
 */
export async function createFollowUp(
  unit: Unit,
  actor: Actor,
  input: z.output<typeof createFollowUpSchema>,
): Promise<string> {
  const { tx } = unit;
  const about = { ticket_id: input.ticketId ?? null, case_id: input.caseId ?? null };
  if (!(await maySeeAbout(tx, actor, about))) throw new AppError('not_found');
  const dueAt = new Date(input.dueAt);
  if (dueAt <= unit.now) throw new AppError('invalid_input', { dueAt: input.dueAt });
  const whose = await whoseItIs(unit, about, input);
  const row = await tx
    .insertInto('follow_up')
    .values({
      id: input.id,
      ...about,
      ...whose,
      note: input.note,
      due_at: dueAt,
      by_id: actor.id,
      by_name: actor.name,
      created_at: unit.now,
      told_at: null,
      done_at: null,
      done_by: null,
      done_by_name: null,
      version: 1,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return (await lockFollowUp(tx, actor, input.id)).id;
  await tellStory(unit, actor, row, 'follow_up_set');
  tell(unit, row, null);
  return row.id;
}

/** Puts it off, words it otherwise or gives it to somebody else. @throws AppError as for a new one, `not_holder` */
export async function changeFollowUp(
  unit: Unit,
  actor: Actor,
  id: string,
  input: z.output<typeof changeFollowUpSchema>,
): Promise<void> {
  const row = await lockFollowUp(unit.tx, actor, id);
  const moves = input.operatorId !== undefined || input.queueId !== undefined;
  await write(unit, row, {
    ...(input.note === undefined ? {} : { note: input.note }),
    ...(input.dueAt === undefined ? {} : { due_at: new Date(input.dueAt), told_at: null }),
    ...(moves ? await whoseItIs(unit, row, input) : {}),
  });
}

/** @throws AppError `not_found`, `not_holder` */
export async function finishFollowUp(unit: Unit, actor: Actor, id: string): Promise<void> {
  const row = await lockFollowUp(unit.tx, actor, id);
  if (row.done_at) return;
  await write(unit, row, { done_at: unit.now, done_by: actor.id, done_by_name: actor.name });
  await tellStory(unit, actor, row, 'follow_up_done');
}

/** @throws AppError `not_found`, `not_holder` */
export async function reopenFollowUp(unit: Unit, actor: Actor, id: string): Promise<void> {
  const row = await lockFollowUp(unit.tx, actor, id);
  if (row.done_at) await write(unit, row, { done_at: null, done_by: null, done_by_name: null });
}

/** @throws AppError `not_found`, `not_holder` unless the caller made it or supervises */
export async function removeFollowUp(unit: Unit, actor: Actor, id: string): Promise<void> {
  const row = await lockFollowUp(unit.tx, actor, id);
  if (row.by_id !== actor.id && !supervises(actor)) throw new AppError('not_holder');
  await unit.tx.deleteFrom('follow_up').where('id', '=', id).execute();
  unit.emit('follow-up.changed', { followUpId: id, before: heldBy(row) });
}

async function whoseItIs(
  unit: Unit,
  about: About,
  to: { operatorId?: string | undefined; queueId?: string | undefined },
): Promise<Whose> {
  if (to.operatorId) {
    const [person] = await loadPeople(unit.tx, [to.operatorId]);
    if (!person || person.disabled) throw new AppError('not_found');
    if (!(await maySeeAbout(unit.tx, person, about))) throw new AppError('follow_up_unseen', { name: person.name });
    return { operator_id: person.id, queue_id: null };
  }
  const queue = await unit.tx
    .selectFrom('queue')
    .select(['id', 'name', 'protected'])
    .where('id', '=', to.queueId ?? '')
    .executeTakeFirst();
  if (!queue) throw new AppError('not_found');
  // Of a contact only its own queue's people see it; cases are everybody's, but for those that are protected.
  const seen = about.ticket_id || queue.protected ? (await homeQueue(unit.tx, about)) === queue.id : true;
  if (!seen) throw new AppError('follow_up_unseen', { name: queue.name.es });
  return { operator_id: null, queue_id: queue.id };
}

async function write(unit: Unit, row: FollowUpRow, change: Partial<FollowUpRow>): Promise<void> {
  const changed = await unit.tx
    .updateTable('follow_up')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  tell(unit, changed, heldBy(row));
}

const heldBy = ({ operator_id: operatorId, queue_id: queueId }: Whose) => ({ operatorId, queueId });

function tell(unit: Unit, row: FollowUpRow, before: ReturnType<typeof heldBy> | null): void {
  unit.emit('follow-up.changed', { followUpId: row.id, before });
  if (row.done_at || row.due_at > addSeconds(unit.now, SOON_SECONDS)) return;
  unit.enqueue('tickets.follow_up_due', { followUpId: row.id }, row.due_at);
}

/** The contact or the case tells of it; what it says is in the promise alone. */
async function tellStory(
  unit: Unit,
  actor: Actor,
  row: FollowUpRow,
  type: Extract<TicketEvent['type'], 'follow_up_set' | 'follow_up_done'>,
): Promise<void> {
  const { tx } = unit;
  const event = {
    type,
    actor: byName(actor),
    data: { followUpId: row.id, dueAt: row.due_at.toISOString(), ...heldBy(row) },
  };
  if (row.ticket_id) {
    const ticket = await tx
      .selectFrom('ticket')
      .select(['id', 'conversation_id', 'protected'])
      .where('id', '=', row.ticket_id)
      .executeTakeFirstOrThrow();
    await recordEvent(unit, ticket, event);
  }
  if (row.case_id) {
    const found = await tx
      .selectFrom('service_case')
      .select(['id', 'protected'])
      .where('id', '=', row.case_id)
      .executeTakeFirstOrThrow();
    await recordCaseEvent(unit, found.id, event, null);
    unit.emit('case.changed', { caseId: found.id, protected: found.protected });
  }
}
