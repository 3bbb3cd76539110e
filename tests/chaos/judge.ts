import type { Evidence, ResidentEvidence, Shown, StoredMessage, TicketEvidence } from './evidence.ts';
import { type Finding, find } from './finding.ts';
import { judgeCalls } from './judge-calls.ts';
import { judgeMail } from './judge-mail.ts';
import { judgeTexts } from './judge-texts.ts';

/** Everything that a run did wrong; an empty list is an acquittal. */
export function judge(evidence: Evidence): Finding[] {
  const byConversation = Map.groupBy(evidence.stored, (message) => message.conversationId);
  for (const messages of byConversation.values()) messages.sort((a, b) => a.seq - b.seq);
  return [
    ...evidence.residents.flatMap((resident) => judgeResident(resident, byConversation)),
    ...judgeReplies(evidence),
    ...judgeMail(evidence),
    ...judgeTexts(evidence),
    ...judgeCalls(evidence),
    ...[...byConversation].flatMap(([id, messages]) => judgeNumbers(id, messages)),
    ...doubles(evidence.stored, 'externalId'),
    ...doubles(evidence.stored, 'id'),
    ...evidence.tickets.flatMap(judgeTicket),
    ...judgeOffers(evidence),
    ...(evidence.crashes > 0 ? [find('crashed', `the server ended by itself ${evidence.crashes} times`)] : []),
  ];
}

function judgeResident(resident: ResidentEvidence, byConversation: Map<string, StoredMessage[]>): Finding[] {
  const { name, said } = resident;
  const stored = byConversation.get(resident.conversationId ?? '') ?? [];
  const own = Map.groupBy(
    stored.filter((message) => message.direction === 'in'),
    (message) => message.clientId,
  );
  const findings: Finding[] = [];
  for (const { clientId, acks } of said) {
    const copies = own.get(clientId) ?? [];
    const [copy] = copies;
    if (acks.length > 0 && !copy)
      findings.push(find('lost', `${name}: ${clientId} was acknowledged, and is not stored`));
    if (copies.length > 1) findings.push(find('doubled', `${name}: ${clientId} is stored ${copies.length} times`));
    if (copy && acks.some((ack) => ack.messageId !== copy.id || ack.seq !== copy.seq)) {
      findings.push(find('shown_otherwise', `${name}: ${clientId} was acknowledged as something else than is stored`));
    }
  }
  return [
    ...findings,
    ...judgeOrder(resident),
    ...judgeScreen(`${name}, live`, resident.seen, stored),
    ...judgeList(`${name}, by sync`, resident.synced, stored),
    ...judgeList(`${name}, in the console`, resident.listed, stored),
  ];
}

/** What was sent after something else had been acknowledged comes after it. */
function judgeOrder({ name, said }: ResidentEvidence): Finding[] {
  const numbered = said.flatMap(({ clientId, firstSentAt, firstAckedAt, acks: [ack] }) =>
    ack && firstAckedAt !== null ? [{ clientId, firstSentAt, firstAckedAt, seq: ack.seq }] : [],
  );
  return numbered.flatMap((later) => {
    const overtaken = numbered.find((earlier) => earlier.firstAckedAt < later.firstSentAt && earlier.seq > later.seq);
    return overtaken ? [find('out_of_order', `${name}: ${later.clientId} came before ${overtaken.clientId}`)] : [];
  });
}

function judgeScreen(where: string, seen: readonly Shown[], stored: readonly StoredMessage[]): Finding[] {
  const bySeq = new Map(stored.map((message) => [message.seq, message.id]));
  return seen
    .filter(({ seq, id }) => bySeq.get(seq) !== id)
    .map(({ seq }) => find('shown_otherwise', `${where}: number ${seq} is not what is stored`));
}

function judgeList(where: string, list: readonly Shown[], stored: readonly Shown[]): Finding[] {
  const same =
    list.length === stored.length && list.every(({ id, seq }, at) => id === stored[at]?.id && seq === stored[at]?.seq);
  return same
    ? []
    : [find('shown_otherwise', `${where}: ${list.length} shown, ${stored.length} stored, or in another order`)];
}

function judgeReplies({ replies, stored }: Evidence): Finding[] {
  const byExternalId = new Map(stored.map((message) => [message.externalId, message]));
  return replies.flatMap(({ externalId, acks }) => {
    const copy = byExternalId.get(externalId);
    if (acks.length > 0 && !copy) return [find('lost', `${externalId} was acknowledged, and is not stored`)];
    const other = acks.some((ack) => ack.messageId !== copy?.id || ack.seq !== copy?.seq);
    return other ? [find('shown_otherwise', `${externalId} was acknowledged as something else than is stored`)] : [];
  });
}

function judgeNumbers(conversationId: string, messages: readonly StoredMessage[]): Finding[] {
  const at = messages.findIndex((message, index) => message.seq !== index + 1);
  return at < 0 ? [] : [find('gap', `conversation ${conversationId}: number ${at + 1} is ${messages[at]?.seq}`)];
}

function doubles(stored: readonly StoredMessage[], key: 'id' | 'externalId'): Finding[] {
  const groups = Map.groupBy(stored, (message) => message[key]);
  return [...groups]
    .filter(([, copies]) => copies.length > 1)
    .map(([value, copies]) => find('doubled', `${key} ${value} is stored ${copies.length} times`));
}

function judgeTicket(ticket: TicketEvidence): Finding[] {
  const findings: Finding[] = [];
  if (ticket.unheard > 0) findings.push(find('unanswered', `ticket ${ticket.id}: ${ticket.unheard} messages`));
  if (ticket.state !== 'bot' && ticket.state !== 'closed') {
    findings.push(find('stuck_ticket', `ticket ${ticket.id} is still ${ticket.state}`));
  }
  let holder: string | null = null;
  for (const { type, actorId } of ticket.events) {
    if (type === 'offer_accepted') {
      if (holder && holder !== actorId)
        findings.push(find('two_holders', `ticket ${ticket.id}: ${holder} and ${actorId}`));
      holder = actorId;
    }
    if (type === 'transferred' || type === 'requeued' || type === 'closed') holder = null;
  }
  return findings;
}

function judgeOffers({ offers }: Evidence): Finding[] {
  const pending = offers.filter((offer) => offer.pending);
  const twice = (['ticketId', 'operatorId'] as const).flatMap((key) =>
    [...Map.groupBy(pending, (offer) => offer[key])].filter(([, group]) => group.length > 1).map(([id]) => id),
  );
  return [
    ...twice.map((id) => find('two_offers', `${id} has two offers`)),
    ...pending.filter((offer) => offer.expired).map((offer) => find('stuck_offer', `of ticket ${offer.ticketId}`)),
  ];
}
