import type { Updateable } from 'kysely';
import type { CaseEvent } from '../contract/case.ts';
import { AppError } from '../contract/errors.ts';
import type { Author } from '../contract/message.ts';
import type { Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { CaseEventRow, CaseRow } from './case-row.ts';
import { searchText } from './search-text.ts';

type CaseChange = Omit<
  Updateable<Tables['service_case']>,
  'id' | 'version' | 'facts_version' | 'updated_at' | 'search' | 'affected' | 'safe_contact'
>;

export interface CaseEventDraft {
  type: CaseEvent['type'];
  actor: Author;
  /** Whether citizens see it. */
  public?: boolean;
  data?: Record<string, unknown>;
  clientId?: string;
}

export interface ChangedCase {
  row: CaseRow;
  event: CaseEventRow;
}

/** The case, locked until the transaction ends. */
export function lockCase(unit: Unit, id: string): Promise<CaseRow | undefined> {
  return unit.tx.selectFrom('service_case').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/**
 * Changes a locked case and writes the line of its story that says so: a line a version.
 * @param facts whether what somebody may be deciding on changed, so that a decision on what was before is refused
 */
export async function changeCase(
  unit: Unit,
  before: CaseRow,
  change: CaseChange & { affected?: CaseRow['affected']; safe_contact?: CaseRow['safe_contact'] },
  event: CaseEventDraft,
  facts: boolean,
): Promise<ChangedCase> {
  const { affected, safe_contact: safeContact, ...columns } = change;
  const version = before.version + 1;
  const row = await unit.tx
    .updateTable('service_case')
    .set({
      ...columns,
      ...(affected === undefined ? {} : { affected: affected && json(affected) }),
      ...(safeContact === undefined ? {} : { safe_contact: safeContact && json(safeContact) }),
      search: searchText({ ...before, ...change } as CaseRow),
      version,
      ...(facts ? { facts_version: version } : {}),
      updated_at: unit.now,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const line = await recordCaseEvent(unit, row.id, event, version);
  unit.emit('case.changed', { caseId: row.id, protected: row.protected });
  return { row, event: line };
}

/** A line of a case's story. `version` null: it changed nothing. */
export function recordCaseEvent(
  unit: Unit,
  caseId: string,
  event: CaseEventDraft,
  version: number | null,
): Promise<CaseEventRow> {
  return unit.tx
    .insertInto('case_event')
    .values({
      case_id: caseId,
      type: event.type,
      at: unit.now,
      actor_type: event.actor.type,
      actor_id: event.actor.id,
      actor_name: event.actor.name,
      public: event.public ?? false,
      data: json(event.data ?? {}),
      version,
      client_id: event.clientId ?? null,
      telling_after: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether a command with this id was carried out before. */
export async function isRepeated(unit: Unit, caseId: string, clientId: string): Promise<boolean> {
  const earlier = await unit.tx
    .selectFrom('case_event')
    .select('id')
    .where('case_id', '=', caseId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return earlier !== undefined;
}

/** @throws AppError `conflict` when status or facts changed since `version`; notes and followers do not count */
export function mustBeCurrent(row: Pick<CaseRow, 'version' | 'facts_version'>, version: number): void {
  if (version < row.facts_version || version > row.version) throw new AppError('conflict', { version: row.version });
}
