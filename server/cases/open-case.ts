import { DateTime } from 'luxon';
import { v7 as uuid } from 'uuid';
import { saidSafeContact } from '../calls/safe-contact.ts';
import type { CaseDraft, SafeContact } from '../contract/case.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import type { Author } from '../contract/message.ts';
import type { CaseAnswer } from '../contract/service-form.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addFiles, type FileSources } from './case-files.ts';
import type { CaseRow } from './case-row.ts';
import { recordCaseEvent } from './change-case.ts';
import { departmentOf } from './department-of.ts';
import { takeFolio } from './folio.ts';
import type { Located } from './locate.ts';
import { promiseFor } from './promise.ts';
import { searchText } from './search-text.ts';
import { priorityOf, type Service } from './services.ts';

export interface Opening {
  service: Service;
  place: Located;
  draft: Pick<CaseDraft, 'description' | 'attachmentIds' | 'affected' | 'safeContact'>;
  /** To what the service asks. */
  answers: readonly CaseAnswer[];
  actor: Author;
  /** What asks for it: the same twice is one case. */
  originKey: string | null;
  channel: ChannelName | null;
  citizenId: string | null;
  conversationId: string | null;
  ticketId: string | null;
  /** Whose uploads may become its photos, besides the files of the conversation. */
  operatorId: string | null;
}

/** The case that an earlier attempt of the same request opened. */
export function findOpened(unit: Unit, originKey: string): Promise<CaseRow | undefined> {
  return unit.tx.selectFrom('service_case').selectAll().where('origin_key', '=', originKey).executeTakeFirst();
}

/** Opens a case with the next folio. What kept it from being opened once fails the same way again, leaving no gap. */
export async function openCase(unit: Unit, city: City, opening: Opening): Promise<CaseRow> {
  const { service, place, draft } = opening;
  const id = uuid();
  const year = DateTime.fromJSDate(unit.now, { zone: city.timeZone }).year;
  const words = { description: draft.description, protected: service.protected, ...place };
  // How to reach somebody in danger is kept nowhere but with what is protected.
  const safeContact = service.protected ? (draft.safeContact ?? (await saidOnCall(unit, opening))) : null;
  // Last but for the case itself: whoever opens another one waits from here on.
  const folio = await takeFolio(unit.tx, city.folioPrefix, year);
  const row = await unit.tx
    .insertInto('service_case')
    .values({
      id,
      folio,
      origin_key: opening.originKey,
      service_id: service.id,
      department_id: departmentOf(city, service, { coloniaId: place.colonia_id, triage: place.triage }),
      status: 'received',
      priority: priorityOf(service),
      ...words,
      channel: opening.channel,
      citizen_id: opening.citizenId,
      conversation_id: opening.conversationId,
      affected: draft.affected && json(draft.affected),
      safe_contact: safeContact && json(safeContact),
      answers: opening.answers.length > 0 ? json(opening.answers) : null,
      owner: null,
      reason: null,
      opened_at: unit.now,
      promised_for: promiseFor(unit.now, service.expected, city),
      working_days: service.expected,
      closed_at: null,
      followers: 0,
      photos: 0,
      search: searchText({ folio, ...words }),
      version: 1,
      facts_version: 1,
      updated_at: unit.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await recordCaseEvent(unit, id, { type: 'opened', actor: opening.actor, public: true }, 1);
  if (opening.ticketId) await linkTicket(unit, id, opening.ticketId);
  unit.emit('case.changed', { caseId: id, protected: row.protected });
  if (draft.attachmentIds.length === 0) return row;
  const sources: FileSources = {
    conversationIds: opening.conversationId ? [opening.conversationId] : [],
    operatorId: opening.operatorId,
  };
  const photos = await addFiles(unit, id, draft.attachmentIds, sources);
  return unit.tx
    .updateTable('service_case')
    .set({ photos })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

const saidOnCall = async ({ tx }: Unit, { ticketId }: Opening): Promise<SafeContact | null> =>
  ticketId ? saidSafeContact(tx, ticketId) : null;

/** @returns whether the contact was not linked before */
export async function linkTicket(unit: Unit, caseId: string, ticketId: string): Promise<boolean> {
  const linked = await unit.tx
    .insertInto('case_ticket')
    .values({ case_id: caseId, ticket_id: ticketId, linked_at: unit.now })
    .onConflict((conflict) => conflict.columns(['case_id', 'ticket_id']).doNothing())
    .returning('case_id')
    .executeTakeFirst();
  return linked !== undefined;
}
