import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ConversationLog,
  emptyLog,
  hasEarlier,
  hasGap,
  markPending,
  nextToSend,
  type PendingMessage,
  resumePoint,
  withCursors,
  withMessage,
  withoutPending,
  withPage,
  withPending,
} from '../../channels/chat/widget/state/conversation-log.ts';
import type { Message } from '../../server/contract/message.ts';

const conversationId = '7b0a1c0e-0000-4000-8000-000000000000';
const nobody = { citizenDelivered: 0, citizenRead: 0, cityDelivered: 0, cityRead: 0 };
/** Small, so that few messages already take several pages. */
const PAGE = 2;

type Page = Parameters<typeof withPage>[1];
/** Something on its way from the server to the widget. */
type Parcel = { page: Page } | { message: Message };

/** A server that stores, a line that loses, repeats and reorders, and a device that may be switched off. */
class Story {
  log: ConversationLog = emptyLog;
  readonly stored: Message[] = [];
  readonly written: string[] = [];
  /** What the device keeps when the page is closed. */
  private outbox: PendingMessage[] = [];
  private wire: Parcel[] = [];

  write(): void {
    const clientId = `mine-${this.written.length + 1}`;
    const message: PendingMessage = { clientId, parts: [], writtenAt: '', state: 'waiting', error: null };
    this.written.push(clientId);
    this.outbox.push(message);
    this.log = withPending(this.log, message);
  }

  cityWrites(): void {
    this.wire.push({ message: this.store('out', null) });
  }

  /** The message reaches the server; whether its answer and its echo come back is up to the line. */
  send(): void {
    const next = nextToSend(this.log);
    if (!next) return;
    this.log = markPending(this.log, next.clientId, 'sending');
    const known = this.stored.find(({ clientId }) => clientId === next.clientId);
    this.wire.push({ message: known ?? this.store('in', next.clientId) });
  }

  loseBeforeStored(): void {
    const next = nextToSend(this.log);
    if (next) this.log = markPending(this.log, next.clientId, 'sending');
  }

  /** No answer came: whatever is being sent waits for its next turn. */
  timeOut(): void {
    for (const { clientId, state } of this.log.pending) {
      if (state === 'sending') this.log = markPending(this.log, clientId, 'waiting');
    }
  }

  askSync(): void {
    this.wire.push({ page: this.after(resumePoint(this.log)) });
  }

  askHistory(): void {
    if (!hasEarlier(this.log)) return;
    const before = this.log.from ?? 1;
    this.wire.push({ page: this.page(this.stored.filter(({ seq }) => seq < before).slice(-PAGE)) });
  }

  deliver(pick: number, again: boolean): void {
    if (this.wire.length === 0) return;
    const index = pick % this.wire.length;
    const parcel = this.wire[index];
    if (parcel) this.take(parcel);
    if (!again) this.wire.splice(index, 1);
  }

  lose(pick: number): void {
    if (this.wire.length > 0) this.wire.splice(pick % this.wire.length, 1);
  }

  /** A new connection: nothing of the old one arrives any more. */
  reconnect(): void {
    this.wire = [];
    this.timeOut();
    this.take({ page: this.log.from === null ? this.newest() : this.after(resumePoint(this.log)) });
  }

  reload(): void {
    this.wire = [];
    this.log = emptyLog;
    this.restore();
  }

  restore(): void {
    this.log = this.outbox.reduce(withPending, this.log);
  }

  /** The line is good again. */
  settle(): void {
    this.reconnect();
    for (let turn = 0; turn < 500; turn++) {
      if (hasGap(this.log)) this.askSync();
      else if (nextToSend(this.log)) this.send();
      else if (hasEarlier(this.log)) this.askHistory();
      else if (this.wire.length === 0) return;
      this.deliver(0, false);
    }
    throw new Error('It never came to rest');
  }

  expectSound(): void {
    const { messages, pending } = this.log;
    expect(messages).toEqual([...messages].sort((one, other) => one.seq - other.seq));
    expect(new Set(messages.map(({ seq }) => seq)).size).toBe(messages.length);
    expect(messages).toEqual(messages.map(({ seq }) => this.stored[seq - 1]));
    expect(messages.every(({ seq }) => seq >= (this.log.from ?? Number.POSITIVE_INFINITY))).toBe(true);
    const ids = [...messages, ...pending].flatMap(({ clientId }) => clientId ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (let seq = this.log.from ?? 1; seq <= resumePoint(this.log); seq++) {
      expect(messages.some((message) => message.seq === seq)).toBe(true);
    }
  }

  private take(parcel: Parcel): void {
    this.log = 'page' in parcel ? withPage(this.log, parcel.page) : withMessage(this.log, parcel.message);
    const storedIds = this.log.messages.map(({ clientId }) => clientId);
    const acknowledged = 'message' in parcel ? parcel.message.clientId : null;
    this.outbox = this.outbox.filter(({ clientId }) => clientId !== acknowledged && !storedIds.includes(clientId));
  }

  private store(direction: 'in' | 'out', clientId: string | null): Message {
    const seq = this.stored.length + 1;
    const author = { type: direction === 'in' ? 'citizen' : 'operator', id: null, name: null } as const;
    const message: Message = {
      id: `message-${seq}`,
      conversationId,
      ticketId: null,
      seq,
      direction,
      author,
      parts: [{ type: 'text', text: `${seq}` }],
      status: 'stored',
      failure: null,
      clientId,
      createdAt: new Date(seq * 1_000).toISOString(),
    };
    this.stored.push(message);
    return message;
  }

  private newest(): Page {
    return this.page(this.stored.slice(-PAGE));
  }

  private after(seq: number): Page {
    return this.page(this.stored.filter((message) => message.seq > seq).slice(0, PAGE));
  }

  private page(messages: Message[]): Page {
    const isEmpty = this.stored.length === 0;
    return { conversationId: isEmpty ? null : conversationId, messages, cursors: nobody, lastSeq: this.stored.length };
  }
}

const plain = [
  'write',
  'cityWrites',
  'send',
  'loseBeforeStored',
  'timeOut',
  'askSync',
  'askHistory',
  'reconnect',
  'reload',
  'restore',
] as const;
const events = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...plain) }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('deliver' as const), pick: fc.nat(9), again: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), pick: fc.nat(9) }) },
  ),
  { minLength: 5, maxLength: 80, size: 'max' },
);

describe('what the widget shows of a conversation', () => {
  test('is what is stored, once each and in the order of writing, whatever the line does', () => {
    fc.assert(
      fc.property(events, (happenings) => {
        const story = new Story();
        for (const happening of happenings) {
          if (happening.kind === 'deliver') story.deliver(happening.pick, happening.again);
          else if (happening.kind === 'lose') story.lose(happening.pick);
          else story[happening.kind]();
          story.expectSound();
        }
        story.settle();
        expect(story.log.messages).toEqual(story.stored);
        expect(story.log.pending).toEqual([]);
        expect(story.stored.flatMap(({ clientId }) => clientId ?? [])).toEqual(story.written);
      }),
      { numRuns: 1_000 },
    );
  });

  test('knows that a message is missing as soon as a later one comes', () => {
    const story = new Story();
    story.reconnect();
    story.cityWrites();
    story.cityWrites();
    story.deliver(1, false);
    expect(hasGap(story.log)).toBe(true);
    story.deliver(0, false);
    expect(hasGap(story.log)).toBe(false);
  });

  test('starts afresh when the conversation is another one, and keeps what was not sent', () => {
    const story = new Story();
    story.cityWrites();
    story.reconnect();
    story.write();
    const log = withPage(story.log, { conversationId: 'another', messages: [], cursors: nobody, lastSeq: 0 });
    expect(log.messages).toEqual([]);
    expect(log.pending).toEqual(story.log.pending);
    expect(resumePoint(log)).toBe(0);
  });

  test('keeps the furthest of two cursors, whichever comes first', () => {
    const log = withCursors(withCursors(emptyLog, { cityRead: 5 }), { cityRead: 3, cityDelivered: 4 });
    expect(log.cursors).toEqual({ ...nobody, cityRead: 5, cityDelivered: 4 });
  });

  test('lets a refused message be sent again or taken back, while the next ones go on', () => {
    const story = new Story();
    story.write();
    story.write();
    const refusal = { code: 'invalid_input', message: 'No' } as const;
    const refused = markPending(story.log, 'mine-1', 'refused', refusal);
    expect(nextToSend(refused)?.clientId).toBe('mine-2');
    expect(nextToSend(markPending(refused, 'mine-1', 'waiting'))?.clientId).toBe('mine-1');
    expect(withoutPending(refused, 'mine-1').pending.map(({ clientId }) => clientId)).toEqual(['mine-2']);
  });
});
