import { DateTime } from 'luxon';
import type { Desk } from '../contract/bot.ts';
import type { City } from '../contract/city.ts';
import type { Locale } from '../contract/errors.ts';
import type { Part } from '../contract/message.ts';

export type PartWords = (part: Part, locale: Locale) => string;

const DAY_AND_TIME = { es: "cccc d 'de' LLLL, HH:mm", en: 'cccc, LLLL d, HH:mm' } as const;

/** Any part in words, for where only text can go: a transcript, an SMS. */
export function createPartWords(city: Pick<City, 'timeZone'>, desk: Pick<Desk, 'phrase'>): PartWords {
  const spoken = (at: string | undefined, locale: Locale) =>
    at ? DateTime.fromISO(at, { zone: city.timeZone }).setLocale(locale).toFormat(DAY_AND_TIME[locale]) : '';

  return (part, locale) => {
    switch (part.type) {
      case 'text':
        return part.text;
      case 'choice':
        return part.title;
      case 'media':
        return part.transcript ? `[${part.name}] ${part.transcript}` : `[${part.name}]`;
      case 'location':
        return `[${part.latitude}, ${part.longitude}${part.label ? ` ${part.label}` : ''}]`;
      case 'choices':
        return part.options.map((option, index) => `${index + 1}. ${option.title}`).join('\n');
      case 'notice':
        return desk.phrase(`notice.${part.key}`, locale, { ...part.values, opens: spoken(part.values.opens, locale) });
      case 'email':
        return part.subject;
      case 'folio':
        return [`${part.title}: ${part.folio}`, part.link].filter(Boolean).join('\n');
      case 'request':
      case 'referral':
        return '';
      case 'contact':
        return [part.name, ...part.phones, ...part.emails].filter(Boolean).join('\n');
      case 'template':
        return part.text;
      case 'unsupported':
        return `[${part.kind}]`;
    }
  };
}
