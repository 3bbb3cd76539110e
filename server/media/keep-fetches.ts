import type { Message } from '../contract/message.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Arrival } from '../ingest/arrival.ts';

/** A message, and where its files are to be fetched. */
interface Fetching {
  arrival: Pick<Arrival, 'accountId' | 'event'>;
  message: Message;
}

/** Promises to fetch the files that messages only point to: the message is stored, and told of, before they come. */
export async function keepFetches(unit: Unit, stored: readonly Fetching[]): Promise<void> {
  const fetches = stored.flatMap(({ arrival: { accountId, event }, message }) => {
    const arriving = new Set(message.parts.flatMap((part) => (part.type === 'media' ? part.attachmentId : [])));
    return (event.toFetch ?? [])
      .filter(({ attachmentId }) => arriving.has(attachmentId))
      .map(({ attachmentId, source }) => ({
        attachment_id: attachmentId,
        message_id: message.id,
        channel_account_id: accountId,
        step: 'fetch' as const,
        source: json(source),
        case_id: null,
        tries: 0,
        next_at: unit.now,
        created_at: unit.now,
      }));
  });
  if (fetches.length === 0) return;
  await unit.tx.insertInto('media_fetch').values(fetches).execute();
  for (const { attachment_id: attachmentId } of fetches) unit.enqueue('media.fetch', { attachmentId });
}
