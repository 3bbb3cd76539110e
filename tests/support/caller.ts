import { randomUUID } from 'node:crypto';
import { createCallHost } from '../../server/calls/call-host.ts';
import type { CallFact, CallHost, CallMoment, CallStep, Heard, Spoken } from '../../server/contract/voice.ts';
import type { ContactCentre } from './contact-centre.ts';

/** Somebody on the telephone, as a line carries them: hears steps, presses keys, speaks, hangs up. */
export interface Caller {
  readonly providerCallId: string;
  /** Given last. */
  readonly steps: readonly CallStep[];
  /** What was spoken since they last did anything. */
  readonly hears: string;
  readonly callId: string;
  readonly ticketId: string;
  readonly conversationId: string;
  presses(digits: string): Promise<string>;
  speaks(text: string): Promise<string>;
  saysNothing(): Promise<string>;
  /** Music is over, or the room. */
  goesOn(): Promise<string>;
  /** The line was told to ask what next. */
  isRecalled(): Promise<string>;
  records(milliseconds: number): Promise<string>;
  /** Any moment, as the line would tell it, a second time, too. */
  asks(moment: Partial<CallMoment> & { heard: Heard }): Promise<CallStep[]>;
  /** Something happens in their room. */
  reports(what: CallFact['what']): Promise<void>;
  hangsUp(): Promise<void>;
}

export interface CallerOptions {
  from?: string | null;
  accountId?: string;
  /** Calls from a browser. */
  visitor?: string;
}

let numbers = 0;
/** A number that nobody else calls from. */
export const someNumber = (): string => `+52229${String(2_000_000 + ++numbers)}`;

/** Calls the city and hears the greeting. */
export async function aCaller(centre: ContactCentre, options: CallerOptions = {}): Promise<Caller> {
  const { server, clock } = centre;
  const host: CallHost = createCallHost(server.context);
  const providerCallId = options.visitor
    ? `${options.visitor}:${randomUUID()}`
    : `CA${randomUUID().replaceAll('-', '')}`;
  const accountId = options.accountId ?? (options.visitor ? 'voice' : 'voz');
  const from = options.from === undefined ? someNumber() : options.from;
  let steps: CallStep[] = [];
  let hears = '';

  const asks: Caller['asks'] = (moment) =>
    host.next({
      accountId,
      providerCallId,
      from: options.visitor ?? from,
      to: '+522291000400',
      ...(options.visitor ? { visitor: options.visitor } : {}),
      turn: null,
      at: clock.now(),
      ...moment,
    });

  async function does(heard: Heard, turn: number | null): Promise<string> {
    hears = '';
    steps = await asks({ heard, turn });
    hears = wordsOf(steps);
    for (let pause = lastOf(steps); pause?.do === 'pause'; pause = lastOf(steps)) {
      steps = await asks({ heard: { kind: 'again' }, turn: pause.turn });
      hears += ` ${wordsOf(steps)}`;
    }
    return hears;
  }
  const reports: Caller['reports'] = (what) =>
    host.report({ accountId, providerCallId }, [{ key: randomUUID(), at: clock.now(), order: 0, what }]);
  const answers = (heard: Heard) => does(heard, turnOf(steps));

  await does({ kind: 'began' }, null);
  const { id, ticket_id, conversation_id } = await server.context.database.db
    .selectFrom('call')
    .selectAll()
    .where('provider_call_id', '=', providerCallId)
    .executeTakeFirstOrThrow();

  return {
    providerCallId,
    callId: id,
    ticketId: ticket_id,
    conversationId: conversation_id,
    get steps() {
      return steps;
    },
    get hears() {
      return hears;
    },
    asks,
    presses: (digits) => answers({ kind: 'keys', digits }),
    speaks: (text) => answers({ kind: 'speech', text, confidence: 0.9 }),
    saysNothing: () => answers({ kind: 'silence' }),
    goesOn: () => answers({ kind: 'again' }),
    isRecalled: () => does({ kind: 'again' }, null),
    records: (milliseconds) =>
      answers({ kind: 'recorded', source: { recordingSid: `RE${randomUUID()}` }, milliseconds, at: clock.now() }),
    reports,
    hangsUp: () => reports({ kind: 'ended', reason: 'completed' }),
  };
}

const lastOf = (steps: readonly CallStep[]): CallStep | undefined => steps.at(-1);

export function turnOf(steps: readonly CallStep[]): number | null {
  const last = steps.findLast((step) => 'turn' in step);
  return last?.turn ?? null;
}

function wordsOf(steps: readonly CallStep[]): string {
  return steps
    .flatMap((step): readonly Spoken[] => (step.do === 'say' ? [step.say] : 'say' in step ? step.say : []))
    .map(({ text }) => text)
    .join(' ');
}
