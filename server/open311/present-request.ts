import { DateTime } from 'luxon';
import type { CaseRow } from '../cases/case-row.ts';
import { pointForAnybody } from '../cases/public-case.ts';
import { serviceTitle } from '../cases/services.ts';
import { whereForAnybody } from '../cases/where.ts';
import { type CaseStatus, isCaseOpen } from '../contract/case-status.ts';
import type { City } from '../contract/city.ts';
import type { Answer } from './to-xml.ts';

/** Only these words: what a department writes to a citizen may hold personal data. */
const NOTES: Readonly<Record<CaseStatus, string>> = {
  received: 'Recibido',
  assigned: 'Asignado al área',
  in_progress: 'En proceso',
  waiting_citizen: 'En espera de quien lo reportó',
  solved: 'Resuelto',
  not_ours: 'No le corresponde al municipio',
  rejected: 'No procedió',
  reopened: 'Abierto otra vez',
};

/** A case as the whole world may see it: nobody's name, no house number, and their words only if the city says so. */
export function presentRequest(city: City, row: CaseRow): Answer {
  const point = pointForAnybody(row);
  return {
    service_request_id: row.folio,
    status: isCaseOpen(row.status) ? 'open' : 'closed',
    status_notes: NOTES[row.status],
    service_name: serviceTitle(city, row.service_id, 'es'),
    service_code: row.service_id,
    description: city.open311.descriptions ? row.description : null,
    agency_responsible: city.departments[row.department_id] ?? city.contactName,
    service_notice: null,
    requested_datetime: row.opened_at.toISOString(),
    updated_datetime: row.updated_at.toISOString(),
    expected_datetime: DateTime.fromISO(row.promised_for, { zone: city.timeZone }).endOf('day').toUTC().toISO(),
    address: whereForAnybody(row),
    address_id: null,
    zipcode: null,
    lat: point?.latitude ?? null,
    long: point?.longitude ?? null,
    media_url: null,
  };
}
