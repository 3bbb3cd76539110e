import { DateTime } from 'luxon';
import type { AppContext } from '../context.ts';
import type { Locale } from '../contract/errors.ts';
import type { Message } from '../contract/message.ts';
import { createPartWords } from '../conversations/part-words.ts';
import { readMessages } from '../conversations/read-messages.ts';

const WHO = {
  es: { citizen: 'Tú', bot: 'Asistente', system: '—', department: '—' },
  en: { citizen: 'You', bot: 'Assistant', system: '—', department: '—' },
} as const;
const LIMIT = 2_000;

/** A resident's conversation as text, in their language and the city's time. */
export async function transcript(
  context: Pick<AppContext, 'city' | 'database' | 'desk'>,
  conversationId: string,
  locale: Locale,
): Promise<string> {
  const { city, database, desk } = context;
  const { messages } = await readMessages(database.db, conversationId, { limit: LIMIT });

  const words = createPartWords(city, desk);
  const line = (message: Message) => {
    const at = DateTime.fromISO(message.createdAt, { zone: city.timeZone }).toFormat('yyyy-LL-dd HH:mm');
    const { type, name } = message.author;
    const who = type === 'operator' ? (name ?? city.contactName) : WHO[locale][type];
    return `${at}  ${who}: ${message.parts.map((part) => words(part, locale)).join('\n')}`;
  };
  return `${city.contactName}\n\n${messages.map(line).join('\n')}\n`;
}
