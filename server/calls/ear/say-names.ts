import type { Locale } from '../../contract/errors.ts';

type Rules = readonly (readonly [RegExp, string])[];

const words = {
  es: {
    at: 'arroba',
    dot: 'punto',
    dash: 'guion',
    low: 'guion bajo',
    link: 'un enlace que te puedo mandar por mensaje',
    site: 'la página del municipio',
  },
  en: {
    at: 'at',
    dot: 'dot',
    dash: 'dash',
    low: 'underscore',
    link: 'a link that I can send you as a text',
    site: "the city's website",
  },
} as const;

/** How what is short on paper is said. Whoever writes for the eye asks to be written to. */
const shortened: Record<Locale, Rules> = {
  es: [
    [/\bCol\.\s*/g, 'colonia '],
    [/\bFracc\.\s*/g, 'fraccionamiento '],
    [/\bAv(?:e|da)?\.\s*/g, 'avenida '],
    [/\bBlvd\.?\s+/g, 'bulevar '],
    [/\bProl\.\s*/g, 'prolongación '],
    [/\bEsq\.\s*/gi, 'esquina '],
    [/\b(?:Núm|No)\.\s*(?=\d)/gi, 'número '],
    [/#\s*(?=\d)/g, 'número '],
    [/\bs\/n\b/gi, 'sin número'],
    [/\bC\.?\s?P\.?\s*(?=\d{5}\b)/g, 'código postal '],
    [/\bTel\.\s*/gi, 'teléfono '],
    [/\bext\.\s*(?=\d)/gi, 'extensión '],
    [/\bLic\.\s*/g, 'licenciada o licenciado '],
    [/\bDra\.\s*/g, 'doctora '],
    [/\bDr\.\s*/g, 'doctor '],
    [/\bSra\.\s*/g, 'señora '],
    [/\bSr\.\s*/g, 'señor '],
    [/\bSta\.\s*/g, 'Santa '],
    [/\baprox\./gi, 'aproximadamente'],
    [/\bp\.\s?ej\./gi, 'por ejemplo'],
    [/\betc\./gi, 'etcétera'],
    [/(\d)\s*%/g, '$1 por ciento'],
    [/(\d)\s*km(?!\p{L})/gu, '$1 kilómetros'],
    [/(\d)\s*m(?![\p{L}²³])/gu, '$1 metros'],
    [/(\d)\s*m²/g, '$1 metros cuadrados'],
    [/(\d)\s*kg(?!\p{L})/gu, '$1 kilos'],
    [/\s&\s/g, ' y '],
    [/\by\/o\b/g, 'o'],
    [/\bescríbeme\b/gi, 'dime'],
    [/\bescríbelo aquí(?!\p{L})/giu, 'dímelo'],
  ],
  en: [
    [/\bCol\.\s*/g, 'colonia '],
    [/\bAv(?:e|da)?\.\s*/g, 'avenue '],
    [/\bBlvd\.?\s+/g, 'boulevard '],
    [/\bNo\.\s*(?=\d)/gi, 'number '],
    [/#\s*(?=\d)/g, 'number '],
    [/\bTel\.\s*/gi, 'telephone '],
    [/\bext\.\s*(?=\d)/gi, 'extension '],
    [/\bapprox\./gi, 'approximately'],
    [/\be\.g\./gi, 'for example'],
    [/\bi\.e\./gi, 'that is'],
    [/\betc\./gi, 'and so on'],
    [/(\d)\s*%/g, '$1 per cent'],
    [/(\d)\s*km(?!\p{L})/gu, '$1 kilometres'],
    [/(\d)\s*m(?![\p{L}²³])/gu, '$1 metres'],
    [/(\d)\s*m²/g, '$1 square metres'],
    [/(\d)\s*kg(?!\p{L})/gu, '$1 kilos'],
    [/\s&\s/g, ' and '],
    [/\bwrite (?:to )?me\b/gi, 'tell me'],
  ],
};

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const LINK = /\bhttps?:\/\/[^\s)»”"]+[^\s)»”".,;:!?]/gi;
const DOMAIN = /\b(?:www\.)?(?:[a-z0-9-]+\.)+(?:mx|com|org|net|gov|gob)(?:\/[\w./-]*\w)?/gi;

/**
 * Addresses, links and abbreviations, as people say them. A link with a path is dictated to nobody.
 * @param canText whether it can be sent to their telephone instead
 */
export function sayNames(text: string, locale: Locale, canText: boolean): string {
  const site = (link: string) => spelledSite(link.replace(/^https?:\/\//i, ''), locale, canText);
  const said = text
    .replace(EMAIL, (address) => spelled(address, locale))
    .replace(LINK, site)
    .replace(DOMAIN, site);
  return shortened[locale].reduce((so, [pattern, word]) => so.replace(pattern, word), said);
}

function spelledSite(site: string, locale: Locale, canText: boolean): string {
  const name = site.replace(/^www\./i, '').replace(/\/$/, '');
  if (!/[/?#:]/.test(name)) return spelled(name, locale);
  return words[locale][canText ? 'link' : 'site'];
}

function spelled(address: string, locale: Locale): string {
  const { at, dot, dash, low } = words[locale];
  return address
    .replaceAll('@', ` ${at} `)
    .replaceAll('.', ` ${dot} `)
    .replaceAll('-', ` ${dash} `)
    .replaceAll('_', ` ${low} `);
}
