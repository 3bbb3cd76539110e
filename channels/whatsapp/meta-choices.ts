import type { Locale } from '../../server/contract/errors.ts';
import type { ChoiceOption } from '../../server/contract/message.ts';

/** @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages */
const BUTTONS = { count: 3, title: 20 };

/** @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages */
const LIST = { count: 10, title: 24, description: 72 };

/** What can be touched at all; the text is what stands above buttons. */
export const choiceLimits = { most: LIST.count, titleLength: LIST.description, textLength: 1_024 };

const open: Record<Locale, string> = { es: 'Ver opciones', en: 'See options' };

/** What the person can touch: buttons where they hold it, else a list. */
export function interactiveOf(text: string, options: readonly ChoiceOption[], locale: Locale): object {
  const body = { text };
  const titles = new Set(options.map(({ title }) => title));
  const isShort = options.every(({ title }) => title.length <= BUTTONS.title);
  if (options.length <= BUTTONS.count && isShort && titles.size === options.length) {
    const buttons = options.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
    return { type: 'button', body, action: { buttons } };
  }
  return { type: 'list', body, action: { button: open[locale], sections: [{ rows: options.map(rowOf) }] } };
}

/** A title that is too long is cut, and stands whole below itself. */
function rowOf({ id, title }: ChoiceOption): object {
  if (title.length <= LIST.title) return { id, title };
  const head = title.slice(0, LIST.title - 1).replace(/[\ud800-\udbff]$/, '');
  return { id, title: `${head.trimEnd()}…`, description: title };
}
