import { DateTime } from 'luxon';
import { v7 as uuid } from 'uuid';
import { recordCaseEvent } from '../../cases/change-case.ts';
import { departmentOf } from '../../cases/department-of.ts';
import { takeFolio } from '../../cases/folio.ts';
import { promiseFor } from '../../cases/promise.ts';
import { searchText } from '../../cases/search-text.ts';
import { priorityOf } from '../../cases/services.ts';
import { livingId } from '../../citizens/living.ts';
import type { City } from '../../contract/city.ts';
import type { ImportCounts } from '../../contract/data-import.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { findKnown, findReferred } from './find-known.ts';
import type { ReadCase, ReadPerson } from './read-row.ts';

export interface Brought {
  outcome: keyof ImportCounts;
  citizenId: string | null;
  caseId: string | null;
  /** What an existing person lacked and got. */
  filled: string[] | null;
}
interface From {
  importId: string;
  source: string;
}

/** A person, unless they were brought before; who is known already gets what they lack, and nothing is overwritten. */
export async function bringPerson(unit: Unit, from: From, person: ReadPerson): Promise<Brought> {
  const { tx, now } = unit;
  const referred = person.externalId && (await findReferred(tx, 'citizen', from.source, person.externalId));
  if (referred) return { outcome: 'duplicate', citizenId: referred, caseId: null, filled: null };
  const known = await findKnown(tx, person);
  const id = known ? await livingId(tx, known) : uuid();
  const filled = known ? await fillIn(unit, id, person) : null;
  if (!known) {
    const { name, phone, email, about, locale } = person;
    await tx
      .insertInto('citizen')
      .values({ id, name, phone, email, about, locale, created_at: now, updated_at: now })
      .execute();
  }
  if (person.externalId) await refer(unit, from, 'citizen', person.externalId, id);
  if (person.curp) await refer(unit, { ...from, source: 'CURP' }, 'citizen', person.curp, id);
  return { outcome: known ? 'merged' : 'new', citizenId: id, caseId: null, filled };
}

async function fillIn({ tx, now }: Unit, id: string, person: ReadPerson): Promise<string[]> {
  const fields = ['name', 'phone', 'email', 'about'] as const;
  const row = await tx
    .selectFrom('citizen')
    .select([...fields])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const lacking = fields.filter((field) => row[field] === null && person[field] !== null);
  if (lacking.length === 0) return [];
  const values = Object.fromEntries(lacking.map((field) => [field, person[field]]));
  await tx
    .updateTable('citizen')
    .set({ ...values, updated_at: now })
    .where('id', '=', id)
    .execute();
  return lacking;
}

const refer = ({ tx }: Unit, { importId, source }: From, kind: 'citizen' | 'case', externalId: string, id: string) =>
  tx
    .insertInto('external_reference')
    .values({
      kind,
      source,
      external_id: externalId,
      citizen_id: kind === 'citizen' ? id : null,
      case_id: kind === 'case' ? id : null,
      import_id: importId,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'source', 'external_id']).doNothing())
    .execute();

/** A report with a folio of ours; the other system's stays as its reference. Nobody is written to. */
export async function bringCase(unit: Unit, city: City, from: From, read: ReadCase): Promise<Brought> {
  const { tx, now } = unit;
  const before = await findReferred(tx, 'case', from.source, read.externalId);
  if (before) return { outcome: 'duplicate', citizenId: null, caseId: before, filled: null };
  const person = read.person && (await bringPerson(unit, from, read.person));
  const id = uuid();
  const { service, place } = read;
  const words = { description: read.description, protected: false, ...place };
  const folio = await takeFolio(tx, city.folioPrefix, DateTime.fromJSDate(now, { zone: city.timeZone }).year);
  await tx
    .insertInto('service_case')
    .values({
      id,
      folio,
      origin_key: `import:${from.source}:${read.externalId}`,
      service_id: service.id,
      department_id:
        read.departmentId ?? departmentOf(city, service, { coloniaId: place.colonia_id, triage: place.triage }),
      status: read.status,
      priority: priorityOf(service),
      ...words,
      channel: null,
      citizen_id: person?.citizenId ?? null,
      conversation_id: null,
      opened_at: read.openedAt,
      promised_for: promiseFor(read.openedAt, service.expected, city),
      working_days: service.expected,
      closed_at: read.closedAt,
      followers: 0,
      photos: 0,
      search: searchText({ folio, ...words }),
      version: 1,
      facts_version: 1,
      updated_at: now,
    })
    .execute();
  const actor = { type: 'system' as const, id: null, name: null };
  await recordCaseEvent(unit, id, { type: 'opened', actor, public: true, data: { imported: from.source } }, 1);
  await refer(unit, from, 'case', read.externalId, id);
  unit.emit('case.changed', { caseId: id, protected: false });
  return {
    outcome: person?.outcome === 'merged' ? 'merged' : 'new',
    citizenId: person?.citizenId ?? null,
    caseId: id,
    filled: person?.filled ?? null,
  };
}
