import { expect, test } from 'vitest';
import type { Evidence, FedMail, ResidentEvidence, StoredMessage } from '../chaos/evidence.ts';
import { planFaults } from '../chaos/faults.ts';
import type { Charge } from '../chaos/finding.ts';
import { judge } from '../chaos/judge.ts';
import { createRandom } from '../chaos/random.ts';

const message = (seq: number, more: Partial<StoredMessage> = {}): StoredMessage => ({
  id: `m${seq}`,
  seq,
  conversationId: 'c',
  externalId: `x${seq}`,
  clientId: `k${seq}`,
  direction: 'in',
  channel: 'chat',
  internetMessageId: null,
  failure: null,
  pieces: [],
  ...more,
});

const said = (seq: number, firstSentAt: number, firstAckedAt: number | null = firstSentAt + 1) => ({
  clientId: `k${seq}`,
  firstSentAt,
  firstAckedAt,
  acks: firstAckedAt === null ? [] : [{ messageId: `m${seq}`, seq }],
});

/** A mail in a conversation of its own kind, beside those of the chat. */
const mail = (seq: number, conversationId: string, more: Partial<StoredMessage> = {}): StoredMessage => ({
  ...message(seq),
  id: `${conversationId}${seq}`,
  conversationId,
  externalId: `${conversationId}x${seq}`,
  clientId: null,
  channel: 'email',
  internetMessageId: `${conversationId}${seq}@x`,
  ...more,
});

/** A text in a conversation of its own. */
const text = (seq: number, more: Partial<StoredMessage> = {}): StoredMessage => ({
  ...message(seq),
  id: `s${seq}`,
  conversationId: 's',
  externalId: `SM${seq}`,
  clientId: null,
  channel: 'sms',
  ...more,
});

const fedText = (externalId: string, fedAt: number) => ({
  person: 'sms:2291230000',
  externalId,
  text: externalId,
  fedAt,
  takenAt: fedAt + 1,
});

const fed = (internetMessageId: string, thread: string, fedAt: number, acks: FedMail['acks'] = []): FedMail => ({
  internetMessageId,
  thread,
  fedAt,
  takenAt: fedAt + 1,
  acks,
});

/** A resident who said three things, one after the other, and an operator who answered: all as it should be. */
function flawless(): Evidence & { resident: ResidentEvidence } {
  const stored = [
    message(1),
    message(2),
    message(3),
    message(4, { direction: 'out', clientId: null, externalId: 'operator:ana:r1' }),
    mail(1, 'p'),
    mail(2, 'p', { direction: 'out', externalId: 'operator:ana:r2' }),
    mail(3, 'p'),
    mail(1, 'q'),
    text(1),
    text(2),
    text(3, { direction: 'out', externalId: 'bot:1', pieces: ['SM9'] }),
  ];
  const shown = stored.slice(0, 4).map(({ id, seq }) => ({ id, seq }));
  const resident: ResidentEvidence = {
    name: 'Lupe',
    conversationId: 'c',
    said: [said(1, 1), said(2, 3), said(3, 5)],
    seen: shown.slice(1),
    synced: [...shown],
    listed: [...shown],
  };
  return {
    resident,
    residents: [resident],
    replies: [
      { externalId: 'operator:ana:r1', text: 'r1', acks: [{ messageId: 'm4', seq: 4 }] },
      { externalId: 'operator:ana:r2', text: 'r2', acks: [{ messageId: 'p2', seq: 2 }] },
    ],
    mails: [fed('p1@x', 'p', 1, [{ messageId: 'p1', conversationId: 'p' }]), fed('q1@x', 'q', 2), fed('p3@x', 'p', 3)],
    texts: [fedText('SM1', 1), fedText('SM2', 3)],
    callers: [
      { sid: 'CA1', spokenTo: true, longestSilenceMs: 2_000, isOver: true },
      // The line was away when they called.
      { sid: 'CA2', spokenTo: false, longestSilenceMs: 9_000, isOver: true },
    ],
    calls: [
      {
        providerCallId: 'CA1',
        stage: 'ended',
        startedAt: new Date(1_000),
        endedAt: new Date(9_000),
        answeredAt: new Date(5_000),
        times: { total: 8_000, dialling: 0, bot: 3_000, wait: 1_000, talk: 4_000, hold: 0, voicemail: 0 },
        liveLegs: [],
      },
    ],
    taken: ['SM9', 'SM8'],
    mailboxes: [
      { internetMessageId: 'q1@x', seen: true },
      { internetMessageId: 'p3@x', seen: true },
    ],
    sent: [
      { internetMessageId: 'p2@x', text: 'Con gusto. r2' },
      { internetMessageId: 'p2@x', text: 'Con gusto. r2' },
      { internetMessageId: 'other@x', text: 'Recibimos tu correo.' },
    ],
    stored,
    tickets: [
      {
        id: 't',
        state: 'closed',
        unheard: 0,
        events: [
          { type: 'opened', actorId: null },
          { type: 'queued', actorId: null },
          { type: 'offer_accepted', actorId: 'ana' },
          { type: 'requeued', actorId: null },
          { type: 'offer_accepted', actorId: 'beto' },
          { type: 'closed', actorId: 'beto' },
        ],
      },
    ],
    offers: [{ ticketId: 't', operatorId: 'ana', pending: false, expired: true }],
    crashes: 0,
  };
}

const charges = (evidence: Evidence): Charge[] => judge(evidence).map(({ charge }) => charge);
type Tamper = (evidence: ReturnType<typeof flawless>) => void;

test('a flawless run is acquitted, also with an unacknowledged message that was not stored', () => {
  const evidence = flawless();
  evidence.resident.said.push(said(9, 7, null));
  expect(judge(evidence)).toEqual([]);
});

test.each<[string, Charge, Tamper]>([
  ['an acknowledged message that is not stored', 'lost', ({ stored }) => void stored.splice(2, 1)],
  ['an answer that is not stored', 'lost', ({ stored }) => void stored.splice(3, 1)],
  ['the same message stored twice', 'doubled', ({ stored }) => void stored.push(message(5, { clientId: 'k2' }))],
  ['the same external id stored twice', 'doubled', ({ stored }) => void stored.push(message(5, { externalId: 'x1' }))],
  [
    'a message that overtook an acknowledged one',
    'out_of_order',
    ({ resident }) => Object.assign(resident.said[2] ?? {}, { acks: [{ messageId: 'm1', seq: 1 }] }),
  ],
  ['a number that is missing', 'gap', ({ stored }) => void stored.splice(0, 1, message(7, { clientId: 'k1' }))],
  ['a page that swaps two messages', 'shown_otherwise', ({ resident }) => void resident.synced.reverse()],
  ['a page that leaves one out', 'shown_otherwise', ({ resident }) => void resident.synced.pop()],
  [
    'a console that shows one twice',
    'shown_otherwise',
    ({ resident }) => void resident.listed.push({ id: 'm4', seq: 4 }),
  ],
  [
    'a message that was on screen and is not stored',
    'shown_otherwise',
    ({ resident }) => void resident.seen.push({ id: 'ghost', seq: 9 }),
  ],
  [
    'a retry acknowledged as another message',
    'shown_otherwise',
    ({ resident }) => void resident.said[0]?.acks.push({ messageId: 'm2', seq: 2 }),
  ],
  ['a message the bot never heard', 'unanswered', ({ tickets }) => Object.assign(tickets[0] ?? {}, { unheard: 1 })],
  ['a ticket nobody took', 'stuck_ticket', ({ tickets }) => Object.assign(tickets[0] ?? {}, { state: 'waiting' })],
  ['a ticket with two holders', 'two_holders', ({ tickets }) => void tickets[0]?.events.splice(3, 1)],
  [
    'a ticket offered to two',
    'two_offers',
    ({ offers }) => {
      for (const operatorId of ['ana', 'beto'])
        offers.push({ ticketId: 't', operatorId, pending: true, expired: false });
    },
  ],
  ['an offer whose time is long up', 'stuck_offer', ({ offers }) => Object.assign(offers[0] ?? {}, { pending: true })],
  ['a mail that is not stored', 'lost', ({ stored }) => void stored.splice(7, 1)],
  ['a text that is not stored', 'lost', ({ stored }) => void stored.splice(9, 1, text(2, { externalId: 'other' }))],
  [
    'a text that overtook another',
    'out_of_order',
    ({ texts }) => Object.assign(texts[1] ?? {}, { fedAt: -2, takenAt: -1 }) && void texts.reverse(),
  ],
  [
    'a text in a conversation of its own',
    'astray',
    ({ stored }) => Object.assign(stored[9] ?? {}, { conversationId: 'r', seq: 1 }),
  ],
  ['an answer by text that never left', 'unsent', ({ stored }) => Object.assign(stored[10] ?? {}, { pieces: [] })],
  ['an answer that the provider does not know', 'unsent', ({ taken }) => void taken.shift()],
  ['a mail stored twice', 'doubled', ({ stored }) => void stored.push(mail(2, 'q', { internetMessageId: 'q1@x' }))],
  [
    'a mail acknowledged as another message',
    'shown_otherwise',
    ({ mails }) => void mails[1]?.acks.push({ messageId: 'p1', conversationId: 'p' }),
  ],
  [
    'an answer that began a conversation of its own',
    'astray',
    ({ stored }) => Object.assign(stored[6] ?? {}, { conversationId: 'r', seq: 1 }),
  ],
  [
    'a mail in somebody else’s conversation',
    'astray',
    ({ stored }) => Object.assign(stored[7] ?? {}, { conversationId: 'p', seq: 4 }),
  ],
  [
    'an answer stored before what it answers',
    'out_of_order',
    ({ mails }) => Object.assign(mails[2] ?? {}, { fedAt: -1, takenAt: 0 }),
  ],
  [
    'a mail marked seen that is not stored',
    'marked_wrongly',
    ({ mailboxes }) => void mailboxes.push({ internetMessageId: 'z@x', seen: true }),
  ],
  [
    'a stored mail that is never marked',
    'marked_wrongly',
    ({ mailboxes }) => Object.assign(mailboxes[0] ?? {}, { seen: false }),
  ],
  ['an answer that never left', 'unsent', ({ sent }) => void sent.splice(0, 2)],
  [
    'an answer that was made no mail of',
    'renamed',
    ({ stored }) => Object.assign(stored[5] ?? {}, { internetMessageId: null }),
  ],
  [
    'an answer that left under two names',
    'renamed',
    ({ sent }) => Object.assign(sent[1] ?? {}, { internetMessageId: 'p9@x' }),
  ],
  ['a caller who was spoken to and is not known', 'lost', ({ calls }) => void calls.pop()],
  [
    'a caller who heard nothing for long',
    'left_in_silence',
    ({ callers }) => Object.assign(callers[0] ?? {}, { longestSilenceMs: 60_000 }),
  ],
  [
    'a call that is over, and not here',
    'forgotten',
    ({ calls }) => Object.assign(calls[0] ?? {}, { stage: 'queue', endedAt: null }),
  ],
  ['an operator on a call that is over', 'ghost', ({ calls }) => void calls[0]?.liveLegs.push('operator ana')],
  [
    'a call whose times are more than it took',
    'does_not_add_up',
    ({ calls }) => Object.assign(calls[0]?.times ?? {}, { wait: 2_000 }),
  ],
  ['a server that ended by itself', 'crashed', (evidence) => Object.assign(evidence, { crashes: 1 })],
])('%s is found', (_, charge, tamper) => {
  const evidence = flawless();
  tamper(evidence);
  expect(charges(evidence)).toContain(charge);
});

test('the same seed plans the same faults, each kind among them', () => {
  const plan = (seed: number) => planFaults(createRandom(seed), 60);
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
  expect(new Set(plan(9).map(({ kind }) => kind)).size).toBe(6);
});
