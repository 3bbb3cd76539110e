import type { Evidence, FedMail, StoredMessage } from './evidence.ts';
import { type Finding, find } from './finding.ts';

/** Mails in and out: each one message of its thread's conversation, each answer sent under one name. */
export function judgeMail(evidence: Evidence): Finding[] {
  const { mails, stored } = evidence;
  const came = stored.filter(({ direction }) => direction === 'in');
  const byMail = Map.groupBy(came, (message) => message.internetMessageId);
  return [
    ...mails.flatMap((mail) => judgeFed(mail, byMail.get(mail.internetMessageId) ?? [])),
    ...judgeThreads(mails, byMail),
    ...judgeMarks(evidence, byMail),
    ...judgeAnswers(evidence),
  ];
}

type Stored = Map<string | null, StoredMessage[]>;

function judgeFed({ internetMessageId: id, acks }: FedMail, copies: readonly StoredMessage[]): Finding[] {
  const [copy] = copies;
  if (!copy) return [find('lost', `the mail ${id} was fed, and is not stored`)];
  if (copies.length > 1) return [find('doubled', `the mail ${id} is stored ${copies.length} times`)];
  const otherwise = acks.some((ack) => ack.messageId !== copy.id || ack.conversationId !== copy.conversationId);
  return otherwise ? [find('shown_otherwise', `the mail ${id} was acknowledged as something else than is stored`)] : [];
}

/** A thread is one conversation, and nobody else's. What was fed after something else had been taken comes after it. */
function judgeThreads(mails: readonly FedMail[], byMail: Stored): Finding[] {
  const owners = new Map<string, string>();
  return [...Map.groupBy(mails, ({ thread }) => thread)].flatMap(([thread, fed]) => {
    const kept = fed.flatMap((mail) => {
      const [copy] = byMail.get(mail.internetMessageId) ?? [];
      return copy ? [{ ...mail, conversationId: copy.conversationId, seq: copy.seq }] : [];
    });
    const home = kept[0]?.conversationId ?? '';
    const owner = owners.get(home);
    owners.set(home, thread);
    const strays = owner ? kept : kept.filter(({ conversationId }) => conversationId !== home);
    const late = kept.flatMap((later) => {
      const overtaken = kept.find(({ takenAt, seq }) => takenAt !== null && takenAt < later.fedAt && seq > later.seq);
      return overtaken ? [[later, overtaken] as const] : [];
    });
    return [
      ...strays.map(({ internetMessageId }) =>
        find('astray', `${internetMessageId} of ${thread} is not in its thread`),
      ),
      ...late.map(([later, overtaken]) =>
        find('out_of_order', `${later.internetMessageId} came before ${overtaken.internetMessageId}`),
      ),
    ];
  });
}

/** Seen is what is stored: nothing else may look done, and nothing that is done may wait for ever. */
function judgeMarks({ mailboxes }: Evidence, byMail: Stored): Finding[] {
  return mailboxes.flatMap(({ internetMessageId: id, seen }) => {
    const isStored = byMail.has(id);
    if (seen === isStored) return [];
    return [find('marked_wrongly', `${id} is ${seen ? '' : 'not '}seen, and ${isStored ? '' : 'not '}stored`)];
  });
}

/** An acknowledged answer by mail left at least once, always under the Message-ID it is stored with. */
function judgeAnswers({ replies, stored, sent }: Evidence): Finding[] {
  const byExternalId = new Map(stored.map((message) => [message.externalId, message]));
  return replies.flatMap(({ externalId, text, acks }) => {
    const copy = byExternalId.get(externalId);
    if (copy?.channel !== 'email') return [];
    const id = copy.internetMessageId;
    const left = sent.filter((mail) => mail.text.includes(text));
    const other = left.find(({ internetMessageId }) => internetMessageId !== id);
    if (other) return [find('renamed', `${externalId} is ${id}, and left as ${other.internetMessageId}`)];
    return acks.length > 0 && left.length === 0
      ? [find('unsent', `${externalId} was acknowledged, and never left`)]
      : [];
  });
}
