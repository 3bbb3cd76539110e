import { z } from 'zod';
import { type Located, locate } from '../../cases/locate.ts';
import { folded } from '../../cases/search-text.ts';
import type { Service } from '../../cases/services.ts';
import { type CaseStatus, caseStatuses, isCaseOpen } from '../../contract/case-status.ts';
import type { City } from '../../contract/city.ts';
import type { ImportField, ImportMapping, ImportProblem } from '../../contract/data-import.ts';
import type { Locale } from '../../contract/errors.ts';
import { limits } from '../../contract/limits.ts';
import type { Places } from '../../places/create-places.ts';
import { readPhone } from '../read-phone.ts';
import { isCurp } from './curp.ts';
import { readDate } from './read-date.ts';

export interface RowParts {
  city: City;
  places: Pick<Places, 'whereIs' | 'coloniaName' | 'find'>;
  now: Date;
}

export interface ReadPerson {
  externalId: string | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  curp: string | null;
  about: string | null;
  locale: Locale;
}
export interface ReadCase {
  externalId: string;
  service: Service;
  departmentId: string | null;
  status: CaseStatus;
  description: string;
  openedAt: Date;
  closedAt: Date | null;
  place: Located;
  person: ReadPerson | null;
}
export type Read<Value> = { ok: true; value: Value } | { ok: false; problems: ImportProblem[] };

const SHORT = 200;
const emailSchema = z.email().max(320);

/** The fields of a row by what their columns are, and what is found to be wrong on the way. */
class Fields {
  readonly problems: ImportProblem[] = [];
  readonly #values = new Map<ImportField, string>();
  readonly #headings = new Map<ImportField, string>();

  constructor(row: readonly string[], mapping: ImportMapping, headings: readonly string[]) {
    mapping.forEach((field, index) => {
      if (!field) return;
      this.#values.set(field, (row[index] ?? '').normalize('NFC').trim());
      this.#headings.set(field, headings[index] ?? '');
    });
  }
  wrong(code: ImportProblem['code'], field: ImportField): null {
    this.problems.push({ code, column: this.#headings.get(field) ?? null });
    return null;
  }
  text(field: ImportField, max = SHORT): string | null {
    const value = this.#values.get(field) ?? '';
    if (value.length > max) return this.wrong('too_long', field);
    return value || null;
  }
  needed(field: ImportField, max = SHORT): string {
    const value = this.text(field, max);
    if (!value) this.wrong('missing', field);
    return value ?? '';
  }
  read<Value>(field: ImportField, code: ImportProblem['code'], parse: (text: string) => Value | null): Value | null {
    const value = this.text(field);
    return value === null ? null : (parse(value) ?? this.wrong(code, field));
  }
}

/** Somebody whom another system knows. */
export function readPerson(
  row: readonly string[],
  mapping: ImportMapping,
  headings: readonly string[],
  { city }: RowParts,
): Read<ReadPerson> {
  const fields = new Fields(row, mapping, headings);
  const value: ReadPerson = {
    externalId: fields.needed('externalId', 100),
    name: fields.needed('name'),
    phone: fields.read('phone', 'bad_phone', (text) => readPhone(text, city.country)),
    email: fields.read('email', 'bad_email', readEmail),
    curp: fields.read('curp', 'bad_curp', (text) => (isCurp(text.toUpperCase()) ? text.toUpperCase() : null)),
    about: fields.text('about', 2_000),
    locale: /^(en|ing)/i.test(fields.text('locale') ?? '') ? 'en' : 'es',
  };
  return fields.problems.length > 0 ? { ok: false, problems: fields.problems } : { ok: true, value };
}

/** A report that another system has. */
export async function readCase(
  row: readonly string[],
  mapping: ImportMapping,
  headings: readonly string[],
  parts: RowParts,
): Promise<Read<ReadCase>> {
  const { city, now } = parts;
  const fields = new Fields(row, mapping, headings);
  const externalId = fields.needed('externalId', 100);
  const description = fields.needed('description', limits.textLength);
  const service = fields.needed('service')
    ? fields.read('service', 'unknown_service', (text) => serviceOf(city, text))
    : null;
  if (service?.protected) fields.wrong('protected_service', 'service');
  const departmentId = fields.read('department', 'unknown_department', (text) => departmentOf(city, text));
  const openedAt = fields.needed('openedAt')
    ? fields.read('openedAt', 'bad_date', (text) => readDate(text, city.timeZone))
    : null;
  const closedOn = fields.read('closedAt', 'bad_date', (text) => readDate(text, city.timeZone));
  const said = fields.read('status', 'unknown_status', statusOf);
  const status = said ?? (closedOn ? 'solved' : 'received');
  if (openedAt && openedAt > now) fields.wrong('in_the_future', 'openedAt');
  if (openedAt && closedOn && closedOn < openedAt) fields.wrong('closed_before_opened', 'closedAt');
  const person = personOf(fields, city);
  const place = service ? await placeOf(fields, service, parts) : null;
  if (fields.problems.length > 0 || !service || !openedAt || !place) return { ok: false, problems: fields.problems };
  const closedAt = isCaseOpen(status) ? null : (closedOn ?? openedAt);
  const triage = place.triage && closedAt === null;
  return {
    ok: true,
    value: {
      externalId,
      service,
      departmentId,
      status,
      description,
      openedAt,
      closedAt,
      place: { ...place, triage },
      person,
    },
  };
}

function personOf(fields: Fields, city: City): ReadPerson | null {
  const person: ReadPerson = {
    externalId: fields.text('citizenExternalId', 100),
    name: fields.text('citizenName'),
    phone: fields.read('citizenPhone', 'bad_phone', (text) => readPhone(text, city.country)),
    email: fields.read('citizenEmail', 'bad_email', readEmail),
    curp: null,
    about: null,
    locale: 'es',
  };
  return person.externalId || person.name || person.phone || person.email ? person : null;
}

async function placeOf(fields: Fields, service: Service, { places }: RowParts): Promise<Located | null> {
  const [latitude, longitude] = (['latitude', 'longitude'] as const).map((field) =>
    fields.read(field, 'bad_place', (text) => {
      const degrees = Number(text.replace(',', '.'));
      return Number.isFinite(degrees) && Math.abs(degrees) <= 180 ? degrees : null;
    }),
  );
  const hasPoint = typeof latitude === 'number' && typeof longitude === 'number';
  const colonia = fields.text('colonia');
  const found = colonia ? (await places.find(`colonia ${colonia}`))[0] : undefined;
  const place = {
    point: hasPoint ? { latitude, longitude } : null,
    address: fields.text('address'),
    coloniaId: found?.place.coloniaId ?? null,
    reference: fields.text('reference'),
  };
  const located = locate({ places }, service, place, false);
  if (located.ok) return { ...located.place, colonia: located.place.colonia ?? colonia };
  if (located.problem === 'outside_city') return fields.wrong('outside_city', 'latitude');
  // An old report without a place is still one; an open one goes to a person who looks where it is.
  const anyhow = locate({ places }, service, place, true);
  return anyhow.ok ? { ...anyhow.place, colonia } : null;
}

const readEmail = (text: string): string | null => {
  const parsed = emailSchema.safeParse(text.toLowerCase());
  return parsed.success ? parsed.data : null;
};

const serviceOf = ({ services }: City, text: string): Service | null =>
  services.find(({ id, title }) => id === text || folded(title) === folded(text)) ?? null;

const departmentOf = ({ departments }: City, text: string): string | null =>
  Object.entries(departments).find(([id, name]) => id === text || folded(name) === folded(text))?.[0] ?? null;

/** How other systems call what becomes of a report, plain. */
const STATUSES: readonly (readonly [RegExp, CaseStatus])[] = [
  [/no (nos )?corresponde|otra instancia|canalizad.* extern/, 'not_ours'],
  [/rechaz|improced|cancel|descart/, 'rejected'],
  [/reabiert/, 'reopened'],
  [/soluci|resuelt|atendid|conclu|cerrad|terminad|finaliz/, 'solved'],
  [/espera|pendiente.*ciudadan/, 'waiting_citizen'],
  [/proceso|ejecuci|curso|atencion/, 'in_progress'],
  [/asignad|turnad|canalizad/, 'assigned'],
  [/recib|nuev|pendiente|abiert|registrad/, 'received'],
];

function statusOf(text: string): CaseStatus | null {
  const plain = folded(text);
  const own = caseStatuses.find((status) => status === plain.replace(/ /g, '_'));
  return own ?? STATUSES.find(([form]) => form.test(plain))?.[1] ?? null;
}
