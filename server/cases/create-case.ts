import type { z } from 'zod';
import type { createCaseSchema } from '../contract/case.ts';
import { AppError } from '../contract/errors.ts';
import type { CaseAnswer } from '../contract/service-form.ts';
import type { TicketRow } from '../conversations/change-ticket.ts';
import { lockContact } from '../conversations/lock-contact.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, byFirstName, byName, mustSee } from '../operators/actor.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseRow } from './case-row.ts';
import { openedParts } from './case-words.ts';
import { type Located, locate } from './locate.ts';
import { findOpened, openCase } from './open-case.ts';
import { isOffered, type Service } from './services.ts';
import { takeAnswers } from './take-answers.ts';

type Input = z.output<typeof createCaseSchema>;

/** What can be asked before the transaction: the service, what it asks, and where it is. */
export interface Prepared {
  service: Service;
  place: Located;
  answers: CaseAnswer[];
}

/**
 * @param input `answers` null: nobody was asked
 * @throws AppError `invalid_input` for a service the city has not or has no more, `outside_city`, `place_required`,
 * `answer_required`, `answer_unreadable`
 */
export function prepareCase(
  parts: CaseParts,
  input: Pick<Input, 'serviceId' | 'place' | 'triage' | 'attachmentIds'> & { answers?: Input['answers'] | null },
): Prepared {
  const service = parts.city.services.find(({ id }) => id === input.serviceId);
  if (!service || !isOffered(service)) throw new AppError('invalid_input', { serviceId: input.serviceId });
  const located = locate(parts, service, input.place, input.triage);
  if (!located.ok) throw new AppError(located.problem);
  const given = input.answers ?? [];
  const answers = input.answers === null ? [] : takeAnswers(service, given, { photos: input.attachmentIds.length });
  return { service, place: located.place, answers };
}

/**
 * Somebody of the console opens a case. From a contact, its citizen is who reports, and is given folio and secret there.
 * @throws AppError `not_found` for a contact or a file that is not at hand
 */
export async function createCase(
  unit: Unit,
  parts: CaseParts,
  actor: Actor,
  { service, place, answers }: Prepared,
  input: Input,
): Promise<CaseRow> {
  const originKey = `operator:${actor.id}:${input.clientId}`;
  const contact = input.ticketId ? await lockContact(unit, input.ticketId) : null;
  if (contact) mustSee(actor, contact.ticket);
  const earlier = await findOpened(unit, originKey);
  if (earlier) return earlier;

  const row = await openCase(unit, parts.city, {
    service,
    place,
    draft: input,
    answers,
    actor: byName(actor),
    originKey,
    channel: contact?.conversation.channel ?? null,
    citizenId: contact?.ticket.citizen_id ?? null,
    conversationId: contact?.conversation.id ?? null,
    ticketId: contact?.ticket.id ?? null,
    operatorId: actor.id,
  });
  if (contact && row.protected && actor.protectedGrant) await protect(unit, contact.ticket);
  // Of a protected case nothing is written unasked: a folio on a screen that others see tells on its owner.
  if (contact && !row.protected) {
    const { conversation, ticket } = contact;
    await parts.say(unit, conversation, ticket.state === 'closed' ? null : ticket, [
      {
        author: byFirstName(actor),
        parts: openedParts(parts, row, conversation.locale, parts.secrets.ofReporter(row.id)),
        externalId: `case:${row.id}:opened`,
      },
    ]);
  }
  return row;
}

/** What was said in the contact is what the case says. Without the grant it stays with its holder, who passes it on. */
async function protect(unit: Unit, ticket: TicketRow): Promise<void> {
  if (ticket.protected) return;
  await unit.tx
    .updateTable('ticket')
    .set({ protected: true, version: ticket.version + 1, updated_at: unit.now })
    .where('id', '=', ticket.id)
    .execute();
  unit.emit('tickets.changed', [ticket.id]);
}
