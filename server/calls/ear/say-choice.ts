import type { Locale } from '../../contract/errors.ts';

/** Titles that are answers rather than things to do: «para sí, gracias» is said by nobody. */
const answers: Record<Locale, RegExp> = {
  es: /^(?:sí|no|es|son|ya|ningun[oa]|que|gracias|otr[oa]|está)(?![\p{L}])/iu,
  en: /^(?:yes|no|none|it|they|let|that|thank|another|the)\b/i,
};
/** Things to do, in English, follow “to”; all else “for”. */
const doing =
  /^(?:report|pay|talk|speak|send|change|correct|cancel|skip|go|get|hear|listen|receive|check|ask|continue|leave|choose|fix|renew|apply|file|make|call)\b/i;

/** «Para reportar un bache, marca 1.» */
export function sayChoice(title: string, key: number, locale: Locale): string {
  const words = title.replace(/[.:;,\s]+$/, '');
  if (locale === 'es') {
    return answers.es.test(words) ? `${words}: marca ${key}.` : `Para ${lowered(words)}, marca ${key}.`;
  }
  if (answers.en.test(words)) return `${words}: press ${key}.`;
  return `${doing.test(words) ? 'To' : 'For'} ${lowered(words)}, press ${key}.`;
}

/** In the midst of a sentence; «CURP» and names of places stay as they are. */
function lowered(words: string): string {
  return /^\p{Lu}\p{Ll}+(?:$|[\s,/]+(?:\p{Ll}|o\b|y\b))/u.test(words) || /^\p{Lu}\p{Ll}+$/u.test(words)
    ? words.charAt(0).toLowerCase() + words.slice(1)
    : words;
}
