import { createHash } from 'node:crypto';
import { addSeconds } from '../../clock.ts';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import { fillVariables } from '../../contract/fill-variables.ts';
import type { Macro, MacroRun, MacroStep } from '../../contract/macro.ts';
import { lockTicket } from '../../conversations/change-ticket.ts';
import type { Say } from '../../conversations/say.ts';
import { loadSummaries } from '../../conversations/ticket-summaries.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Windows } from '../../delivery/window.ts';
import { type Actor, byFirstName } from '../actor.ts';
import { standingOf } from '../desk/bulk-tickets.ts';
import { closeTicket } from '../desk/close-ticket.ts';
import { keepUndo } from '../desk/keep-undo.ts';
import { addNote } from '../desk/read-and-note.ts';
import { sendMessage } from '../desk/send-message.ts';
import { setPriority } from '../desk/set-priority.ts';
import { snoozeTicket } from '../desk/snooze-ticket.ts';
import { transferTicket } from '../desk/transfer-ticket.ts';

interface Parts {
  say: Say;
  city: City;
  windows: Windows;
}

/**
 * Does the steps of a macro to one contact, in one transaction and by the rights that each needs alone: a step that
 * cannot be done leaves everything as it was, and nothing is said. What was changed can be taken back as a bulk
 * action's.
 * @throws AppError as the steps do, `wrong_state` while the bot has it, `not_found` for a canned reply that is no longer there
 */
export async function runMacro(
  unit: Unit,
  parts: Parts,
  actor: Actor,
  ticketId: string,
  macro: Macro,
  runId: string,
): Promise<MacroRun> {
  const before = await lockTicket(unit.tx, ticketId);
  // What the bot has could not be given back to it.
  if (before.state === 'bot') throw new AppError('wrong_state');
  let insert: string | null = null;
  for (const step of macro.steps) {
    insert = (await carryOut(unit, parts, actor, ticketId, step, clientIdOf(runId, step))) ?? insert;
  }
  const after = await lockTicket(unit.tx, ticketId);
  const [was, is] = [standingOf(before), standingOf(after)];
  const changed = JSON.stringify(was) !== JSON.stringify(is);
  const undo = changed
    ? await keepUndo(unit, actor, { type: 'macro', macroId: macro.id }, [
        { ticketId, before: was, after: is, snoozedUntil: before.snoozed_until?.toISOString() ?? null },
      ])
    : { undoId: null, undoUntil: null };
  const [ticket] = await loadSummaries(unit.tx, [ticketId]);
  if (!ticket) throw new AppError('not_found');
  return { ticket, insert, ...undo };
}

/** Gives the words that are to be put in the composer, if there are any. */
async function carryOut(
  unit: Unit,
  parts: Parts,
  actor: Actor,
  ticketId: string,
  step: MacroStep,
  clientId: string,
): Promise<string | null> {
  switch (step.type) {
    case 'reply': {
      const text = await wordsOf(unit, parts.city, actor, ticketId, step.cannedReplyId);
      if (!step.send) return text;
      await sendMessage(unit, parts, actor, ticketId, { clientId, text, attachmentIds: [] });
      return null;
    }
    case 'note':
      await addNote(unit, actor, ticketId, { clientId, text: step.text });
      return null;
    case 'priority':
      await setPriority(unit, actor, ticketId, step.priority);
      return null;
    case 'transfer':
      await transferTicket(unit, parts.say, actor, ticketId, { queueId: step.queueId });
      return null;
    case 'snooze':
      await snoozeTicket(unit, actor, ticketId, step.seconds === null ? null : addSeconds(unit.now, step.seconds));
      return null;
    case 'close':
      await closeTicket(unit, parts.say, actor, ticketId, { disposition: step.disposition });
      return null;
  }
}

async function wordsOf(unit: Unit, city: City, actor: Actor, ticketId: string, replyId: string): Promise<string> {
  const reply = await unit.tx.selectFrom('canned_reply').select('body').where('id', '=', replyId).executeTakeFirst();
  if (!reply) throw new AppError('not_found');
  const about = await unit.tx
    .selectFrom('ticket')
    .innerJoin('citizen', 'citizen.id', 'ticket.citizen_id')
    .select(['citizen.name', 'ticket.number'])
    .where('ticket.id', '=', ticketId)
    .executeTakeFirstOrThrow();
  return fillVariables(reply.body, {
    'citizen.name': about.name ?? '',
    'operator.name': byFirstName(actor).name ?? '',
    'city.name': city.name,
    'ticket.number': String(about.number),
  });
}

/** Each step of a run has an id of its own, the same whenever the run is asked for again. */
function clientIdOf(runId: string, { type }: MacroStep): string {
  const hex = createHash('sha256').update(`${runId}:${type}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
