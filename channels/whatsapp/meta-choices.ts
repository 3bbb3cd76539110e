import type { Locale } from '../../server/contract/errors.ts';
import type { ChoiceOption } from '../../server/contract/message.ts';

/**
 * Limits of interactive messages.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages
 */
const BUTTONS = { count: 3, title: 20, body: 1_024 };
const LIST = { count: 10, title: 24, description: 72, body: 4_096 };

const words = {
  es: { ask: 'Elige una opción:', open: 'Ver opciones', number: 'Responde con el número de tu opción.' },
  en: { ask: 'Choose one:', open: 'See options', number: 'Answer with the number of your choice.' },
} as const;

/** What the person can touch, in the form that holds it: buttons, a list, or a menu to answer by number. */
export function interactiveOf(
  text: string,
  options: readonly ChoiceOption[],
  locale: Locale,
): { interactive: object } | { menu: string } {
  const body = { text: text || words[locale].ask };
  const fits = ({ count, title, body: most }: typeof BUTTONS) =>
    options.length <= count && body.text.length <= most && options.every((option) => option.title.length <= title);
  if (fits(BUTTONS) && new Set(options.map(({ title }) => title)).size === options.length) {
    const buttons = options.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
    return { interactive: { type: 'button', body, action: { buttons } } };
  }
  if (options.length <= LIST.count && body.text.length <= LIST.body) {
    const action = { button: words[locale].open, sections: [{ rows: options.map(rowOf) }] };
    return { interactive: { type: 'list', body, action } };
  }
  const lines = options.map(({ title }, index) => `${index + 1}. ${title}`);
  return { menu: [body.text, lines.join('\n'), words[locale].number].join('\n\n') };
}

/** A title that is too long is cut, and stands whole below itself. */
function rowOf({ id, title }: ChoiceOption): object {
  if (title.length <= LIST.title) return { id, title };
  return { id, title: cut(title, LIST.title), description: cut(title, LIST.description) };
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '');
  return `${head.trimEnd()}…`;
}
