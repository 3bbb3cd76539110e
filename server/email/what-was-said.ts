import { DateTime } from 'luxon';
import type { City } from '../contract/city.ts';
import { readMessages } from '../conversations/read-messages.ts';
import type { Db } from '../database/database.ts';

/** Enough for a department to understand what it is asked about. */
const MESSAGES = 30;

/** What citizen and city said last, oldest first, for a department to read below what it is asked. */
export async function whatWasSaid(db: Db, city: City, conversationId: string): Promise<string> {
  const { messages } = await readMessages(db, conversationId, { limit: MESSAGES });
  return messages
    .flatMap(({ author, parts, createdAt }) => {
      const words = parts.flatMap((part) => {
        if (part.type === 'text') return [part.text];
        if (part.type === 'media') return [`[${part.name}]`];
        if (part.type === 'choice') return [part.title];
        if (part.type === 'location') return [`[${part.latitude}, ${part.longitude}]`];
        return [];
      });
      if (words.length === 0) return [];
      const at = DateTime.fromISO(createdAt, { zone: city.timeZone }).toFormat('dd/LL/yyyy HH:mm');
      const who = author.type === 'citizen' ? (author.name ?? 'Ciudadanía') : city.contactName;
      return [`── ${who}, ${at}\n${words.join('\n')}`];
    })
    .join('\n\n');
}
