import { DateTime } from 'luxon';
import type { City } from '../contract/city.ts';
import type { Locale } from '../contract/errors.ts';
import type { FolioPart, Part, TemplatePart } from '../contract/message.ts';
import type { PhraseKey } from '../contract/phrases.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import { fillTemplate } from '../delivery/fill-template.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseRow } from './case-row.ts';
import type { ChangedCase } from './change-case.ts';
import { folioLink, shownSecret } from './secret.ts';
import { serviceTitle } from './services.ts';

type Wording = Pick<CaseParts, 'city' | 'phrase' | 'publicUrl'>;

const DAY = { es: "cccc d 'de' LLLL", en: 'cccc, LLLL d' } as const;

/** A promise's day as it is said: «viernes 4 de diciembre». */
export const spokenDay = (date: string, locale: Locale, { timeZone }: Pick<City, 'timeZone'>): string =>
  DateTime.fromISO(date, { zone: timeZone }).setLocale(locale).toFormat(DAY[locale]);

/** What became of a case, in the reader's language, with its card. */
export function newsParts(parts: Wording, { row, event }: ChangedCase, locale: Locale, secret: string): Part[] {
  const key: PhraseKey =
    event.type === 'update' ? 'case.update' : `case.${row.status === 'received' ? 'update' : row.status}`;
  const { text } = event.data;
  return [
    { type: 'text', text: parts.phrase(key, locale, valuesOf(parts, row, locale)) },
    ...(typeof text === 'string' && event.type !== 'reopened_by_citizen' ? [{ type: 'text' as const, text }] : []),
    folioPart(parts, row, locale, secret, false),
  ];
}

/**
 * The same by a template, where nothing else may be said any more: in the reader's language if there is one, else in
 * the city's first. Null where none can leave.
 */
export function newsTemplate(
  { windows, phrase }: Pick<CaseParts, 'windows' | 'phrase'>,
  { folio, status }: Pick<CaseRow, 'folio' | 'status'>,
  conversation: ConversationRow,
): TemplatePart | null {
  const templates = windows.templates(conversation).filter(({ purpose }) => purpose === 'news');
  const template = templates.find(({ language }) => language.startsWith(conversation.locale)) ?? templates[0];
  if (!template) return null;
  const locale: Locale = template.language.startsWith('en') ? 'en' : 'es';
  return fillTemplate(templates, { id: template.id, variables: [folio, phrase(`status.${status}`, locale)] });
}

/** That a case is open, for the one who asked an operator for it. */
export function openedParts(parts: Wording, row: CaseRow, locale: Locale, secret: string): Part[] {
  const opened = row.working_days === 1 ? 'case.opened_one' : 'case.opened';
  return [
    { type: 'text', text: parts.phrase(opened, locale, valuesOf(parts, row, locale)) },
    folioPart(parts, row, locale, secret, true),
  ];
}

/** That there is news, without a word of what it is about. */
export function neutralNews({ phrase }: Pick<CaseParts, 'phrase'>, locale: Locale): Part[] {
  return [{ type: 'text', text: phrase('case.neutral', locale) }];
}

/** The card of a case. `given` false: its secret was told before. */
export function folioPart(
  { city, publicUrl }: Pick<Wording, 'city' | 'publicUrl'>,
  row: CaseRow,
  locale: Locale,
  secret: string,
  given: boolean,
): FolioPart {
  return {
    type: 'folio',
    folio: row.folio,
    title: serviceTitle(city, row.service_id, locale),
    status: row.status,
    promisedFor: row.promised_for,
    secret: given ? shownSecret(secret) : null,
    link: folioLink(publicUrl, row.folio, secret),
  };
}

function valuesOf({ city }: Pick<Wording, 'city'>, row: CaseRow, locale: Locale): Record<string, string> {
  return {
    folio: row.folio,
    service: serviceTitle(city, row.service_id, locale),
    department: city.departments[row.department_id] ?? city.contactName,
    owner: row.owner ?? '',
    reason: row.reason ?? '',
    days: String(row.working_days),
    day: spokenDay(row.promised_for, locale, city),
  };
}
