import type { Evidence, FedText, StoredMessage } from './evidence.ts';
import { type Finding, find } from './finding.ts';

/** Texts in and out: each one message of its person's conversation, in order; what was stored to be said, left. */
export function judgeTexts({ texts, stored, taken }: Evidence): Finding[] {
  const came = new Map(
    stored.filter(({ direction }) => direction === 'in').map((message) => [message.externalId, message]),
  );
  return [
    ...[...Map.groupBy(texts, ({ person }) => person).values()].flatMap((fed) => judgePerson(fed, came)),
    ...judgeLeft(stored, new Set(taken)),
  ];
}

function judgePerson(fed: readonly FedText[], came: ReadonlyMap<string, StoredMessage>): Finding[] {
  const home = fed.map(({ externalId }) => came.get(externalId)?.conversationId).find(Boolean);
  return fed.flatMap((text, at) => {
    const copy = came.get(text.externalId);
    if (!copy) return text.takenAt === null ? [] : [find('lost', `${text.externalId} was taken, and is not stored`)];
    if (copy.conversationId !== home)
      return [find('astray', `${text.externalId} of ${text.person} is not with the rest`)];
    const overtaken = fed.slice(0, at).find((earlier) => {
      const before = came.get(earlier.externalId);
      return before && earlier.takenAt !== null && earlier.takenAt < text.fedAt && before.seq > copy.seq;
    });
    return overtaken ? [find('out_of_order', `${text.externalId} came before ${overtaken.externalId}`)] : [];
  });
}

/** Every message that says it left was taken by the provider. */
function judgeLeft(stored: readonly StoredMessage[], taken: ReadonlySet<string>): Finding[] {
  return stored.flatMap(({ direction, channel, id, pieces, failure }) => {
    if (direction !== 'out' || (channel !== 'sms' && channel !== 'whatsapp')) return [];
    if (pieces.length === 0) return [find('unsent', `${id} on ${channel} never left (${failure})`)];
    return pieces
      .filter((piece) => !taken.has(piece))
      .map((piece) => find('unsent', `${piece} of ${id} is not known to the provider`));
  });
}
