import type { Locale } from '../../contract/errors.ts';
import { digitWords } from './number-words.ts';
import { sayTime } from './say-time.ts';
import { spelledFolio, spelledSecret } from './spell.ts';

const FOLIO = /\b[A-Z]{2,5}-20\d\d-\d{4,9}\b/g;
const SECRET = /\b(?=[\d-]*[A-Z])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g;
const PHONE = /(?<![\d$.,-])(?:\+?52[\s-]?)?(?:1[\s-]?)?\(?(\d{2,3})\)?[\s-]?(\d{3,4})[\s-]?(\d{4})(?![\d,]*\d)/g;
/** Numbers for help are three digits, dialled and said one by one or in pairs: 911, 079. */
const HELPLINE = /(?<![\d$.,:-])(911|0\d\d)(?!\d|%|[.,:]\d)/g;
const MONEY = /(?:\$|\bMXN\s?)\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?:\s?(?:M\.?N\.?|MXN|pesos))?/g;
const ISO_DAY = /\b(20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g;
/** Day before month, as Mexico writes it. */
const WRITTEN_DAY = /\b(0?[1-9]|[12]\d|3[01])\/(0?[1-9]|1[0-2])\/(20\d\d)\b/g;
const RANGE = /(?<![\d-])(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d-])/g;

/** Folios, keys, telephone numbers, money, days and hours, so that they are understood by ear. */
export function sayFigures(text: string, locale: Locale): string {
  const es = locale === 'es';
  const timed = text
    .replace(FOLIO, (folio) => spelledFolio(folio, locale))
    .replace(SECRET, (secret) => spelledSecret(secret, locale))
    .replace(ISO_DAY, (_, year, month, day) => sayDay(Number(year), Number(month), Number(day), locale))
    .replace(WRITTEN_DAY, (_, day, month, year) => sayDay(Number(year), Number(month), Number(day), locale))
    .replace(PHONE, (written: string) => sayPhone(written, locale))
    .replace(HELPLINE, (number: string) => sayHelpline(number, locale))
    .replace(MONEY, (_, pesos: string, cents?: string) => sayMoney(pesos, cents, locale));
  return sayTime(timed, locale)
    .replace(RANGE, es ? '$1 a $2' : '$1 to $2')
    .replace(/(?<=\d),(?=\d{3}\b)/g, '')
    .replace(/(?<=[ap]\.m)\.\./g, '.');
}

/** A number of ten digits in groups: «dos dos nueve, uno dos tres, cuatro cinco, seis siete». */
function sayPhone(written: string, locale: Locale): string {
  const digits = written.replace(/\D/g, '').replace(/^521?(?=\d{10}$)/, '');
  if (digits.length !== 10) return written;
  const groups = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)];
  return groups.map((group) => digitWords(group, locale).join(' ')).join(', ');
}

function sayHelpline(number: string, locale: Locale): string {
  if (locale === 'en') return digitWords(number, locale).join(' ');
  return number === '911' ? 'nueve once' : digitWords(number, locale).join(' ');
}

function sayMoney(pesos: string, cents: string | undefined, locale: Locale): string {
  const whole = pesos.replaceAll(',', '');
  const unit = whole === '1' ? 'peso' : 'pesos';
  if (!cents || Number(cents) === 0) return `${whole} ${unit}`;
  return `${whole} ${unit} ${locale === 'es' ? 'con' : 'and'} ${Number(cents.padEnd(2, '0'))} centavos`;
}

function sayDay(year: number, month: number, day: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'es' ? 'es-MX' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(Date.UTC(year, month - 1, day)));
}
