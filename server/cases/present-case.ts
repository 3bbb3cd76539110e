import type { CaseEvent, CaseSummary } from '../contract/case.ts';
import type { City } from '../contract/city.ts';
import type { CaseEventRow, CaseRow } from './case-row.ts';
import { serviceTitle } from './services.ts';
import { shownPlace } from './where.ts';

type Titles = Pick<City, 'services' | 'english'>;

/** A case as the console knows it. */
export function presentCase(city: Titles, row: CaseRow): CaseSummary {
  return {
    id: row.id,
    folio: row.folio,
    serviceId: row.service_id,
    service: serviceTitle(city, row.service_id, 'es'),
    departmentId: row.department_id,
    status: row.status,
    priority: row.priority,
    description: row.description,
    place: shownPlace(row),
    protected: row.protected,
    channel: row.channel,
    openedAt: row.opened_at.toISOString(),
    promisedFor: row.promised_for,
    workingDays: row.working_days,
    closedAt: row.closed_at?.toISOString() ?? null,
    followers: row.followers,
    photos: row.photos,
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  };
}

/** As a row of a list: that a protected case is there, not what is written in it. */
export function presentRow(city: Titles, row: CaseRow): CaseSummary {
  const shown = presentCase(city, row);
  return row.protected ? { ...shown, description: '', place: null } : shown;
}

export function presentCaseEvent(row: CaseEventRow): CaseEvent {
  return {
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    public: row.public,
    data: row.data,
  };
}
