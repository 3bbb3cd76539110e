import type { Locale } from './error-catalogue.ts';
import type { PhraseKey } from './phrases.ts';

/** Where each sentence is said, what fits there, and what is filled in. Free of schemas, so that a browser can load it. */

/** desk: what the bot tells the operator about a contact. */
export const phrasePlaces = ['bot', 'report', 'status', 'danger', 'call', 'case', 'notice', 'mail', 'desk'] as const;
export type PhrasePlace = (typeof phrasePlaces)[number];

const placeOfPrefix: Readonly<Record<string, PhrasePlace>> = {
  bot: 'bot',
  choices: 'bot',
  silence: 'bot',
  report: 'report',
  status: 'status',
  danger: 'danger',
  call: 'call',
  voice: 'call',
  case: 'case',
  notice: 'notice',
  notices: 'notice',
  email: 'mail',
  summary: 'desk',
};

export function placeOfPhrase(key: PhraseKey): PhrasePlace {
  return placeOfPrefix[key.split('.')[0] ?? ''] ?? 'bot';
}

/** Stand on a button, beside others. */
const buttons: ReadonlySet<PhraseKey> = new Set([
  'bot.helped_yes',
  'bot.helped_no',
  'danger.check_yes',
  'danger.check_no',
  'report.none_of_these',
  'report.correct_place',
  'report.triage',
  'report.same',
  'report.other',
  'report.skip',
  'report.no_contact',
  'report.send',
  'report.change',
  'report.cancel',
  'report.slot_service',
  'report.slot_place',
  'report.slot_words',
  'report.slot_photo',
  'report.slot_contact',
  'report.slot_answers',
  'status.it_is',
  'status.it_is_not',
  'status.person',
]);

export const isButton = (key: PhraseKey): boolean => buttons.has(key);
/** Heard, not read. What leaves as a text from a call is read. */
export const isSpoken = (key: PhraseKey): boolean =>
  placeOfPhrase(key) === 'call' && key !== 'voice.text_case' && key !== 'call.moved_text';

/**
 * Characters that fit: a button shows one line on a telephone, nobody listens to more than three quarters of a minute,
 * and a text message is sent in ten parts at most.
 */
export function longestPhrase(key: PhraseKey): number {
  if (isButton(key)) return 40;
  if (isSpoken(key)) return 600;
  return placeOfPhrase(key) === 'mail' ? 2_000 : 1_000;
}

const VARIABLE = /\{(\w+)\}/g;

/** Names of what is filled in, each once, in their order. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))];
}

/** The text with `{names}` replaced; one without a value leaves nothing behind. */
export function fillPhrase(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (_, name: string) => values[name] ?? '');
}

/** Spanish and English are read out at about this pace by telephone voices. */
const SIGNS_A_SECOND = 15;
const PAUSE_SECONDS = 0.4;

/** How long it takes to say a text, in whole seconds. */
export function spokenSeconds(text: string): number {
  const pauses = text.match(/[.,;:?!…]+(?:\s|$)/g)?.length ?? 0;
  return Math.max(1, Math.round(text.trim().length / SIGNS_A_SECOND + pauses * PAUSE_SECONDS));
}

const examples: Readonly<Record<string, string | Record<Locale, string>>> = {
  name: 'Ana',
  title: { es: 'Bache', en: 'Pothole' },
  titles: { es: 'Bache; Luminaria apagada', en: 'Pothole; Street light out' },
  service: { es: 'Bache', en: 'Pothole' },
  place: 'Xalapa y España',
  where: 'Xalapa y España, Zaragoza',
  metres: '40',
  since: { es: 'de ayer', en: 'reported yesterday' },
  status: { es: 'en proceso', en: 'in progress' },
  folio: 'VER-2026-000123',
  followers: '3',
  days: '4',
  relation: { es: 'mi mamá', en: 'my mother' },
  value: { es: 'un hoyo frente a la escuela', en: 'a hole in front of the school' },
  question: { es: '¿De qué tamaño es?', en: 'How big is it?' },
  promise: { es: 'Se atiende en 10 días hábiles.', en: 'It takes 10 working days.' },
  secret: 'K7QX-4M2P',
  day: { es: 'viernes 4 de diciembre', en: 'Friday 4 December' },
  owner: { es: 'Comisión Federal de Electricidad', en: 'the federal electricity company' },
  reason: { es: 'El lugar está fuera del municipio.', en: 'The place lies outside the municipality.' },
  text: { es: 'Hoy pasó la cuadrilla.', en: 'The crew came by today.' },
  words: { es: 'hay un hoyo enorme', en: 'there is a huge hole' },
  count: '2',
  facts: 'Xalapa y España',
  number: '1042',
  privacy: { es: 'Cuidamos tus datos.', en: 'We take care of your data.' },
  article: { es: 'El predial se paga una vez al año.', en: 'The property tax is paid once a year.' },
  department: 'Obras Públicas',
  minutes: '6',
  link: 'https://…/folio/VER-2026-000123',
  time: { es: 'las 8 de la mañana', en: '8 in the morning' },
  opens: { es: 'mañana a las 8:00', en: 'tomorrow at 8:00' },
};

/** What could stand there, so that a sentence can be read as residents will. */
export function exampleValues(locale: Locale, city: { name: string; contactName: string }): Record<string, string> {
  const known = Object.entries(examples).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value[locale],
  ]);
  return { ...Object.fromEntries(known), city: city.name, line: city.contactName };
}
