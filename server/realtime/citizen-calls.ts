import type { z } from 'zod';
import { findCall, refOf } from '../calls/find-call.ts';
import { iceServersFor } from '../calls/ice-servers.ts';
import { WEB_CALLS_ACCOUNT } from '../calls/lines.ts';
import { saidSoFar } from '../calls/said-so-far.ts';
import { liveCallOfVisitor, liveCallsOfVisitor } from '../calls/web-call.ts';
import { secondsBetween } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import { type CallClientEvents, callHeardSchema, callLegRefSchema, callStartSchema } from '../contract/socket.ts';
import type { CallFact, CallMoment, CallStep, Heard } from '../contract/voice.ts';
import { webCallId } from '../contract/web-call.ts';
import { allowance, type Rate } from './allowance.ts';
import { answerEvents } from './answer-events.ts';
import { type CallParts, serveLegs } from './call-legs.ts';
import type { ChatNamespace } from './socket-server.ts';

type ChatSocket = Parameters<Parameters<ChatNamespace['on']>[1]>[0];

/** People press keys fast; a script that calls all day is neither heard nor answered. */
const WORDS: Rate = { perSecond: 2, burst: 20 };

interface CitizenParts extends CallParts {
  context: Pick<AppContext, 'database' | 'clock' | 'log' | 'city' | 'config'>;
  /** Of calls begun from one network address. @throws AppError `rate_limited` */
  mayBegin(address: string): void;
}

/** Answers the citizen's end of calls from the browser: what they heard goes to the host, what comes next to them. */
export function serveCitizen(socket: ChatSocket, parts: CitizenParts): void {
  const { context, host } = parts;
  const { city, clock, config, log } = context;
  const { db } = context.database;
  const locale = () => socket.data.locale ?? 'es';
  const words = allowance(WORDS);
  const on = answerEvents<keyof CallClientEvents>(socket, { locale, log, meter: words });

  function visitor(): string {
    const { address } = socket.data;
    if (!address) throw new AppError('invalid_token');
    return address;
  }

  const callOf = (callId: string) => liveCallOfVisitor(db, visitor(), callId);
  serveLegs(socket, parts, { locale, callOf, owns: ({ role }) => role === 'citizen' });

  const ask = (providerCallId: string, turn: number | null, heard: Heard): Promise<CallStep[]> => {
    const from = visitor();
    const moment: CallMoment = {
      accountId: WEB_CALLS_ACCOUNT,
      providerCallId,
      from,
      to: '',
      visitor: from,
      locale: locale(),
      turn,
      heard,
      at: clock.now(),
    };
    return host.next(moment);
  };

  on('call.start', callStartSchema, async ({ clientId }) => {
    if (!city.calls.web) throw new AppError('not_found');
    const providerCallId = webCallId(visitor(), clientId);
    const mine = await liveCallsOfVisitor(db, visitor()).execute();
    const goesOn = mine.some((call) => call.provider_call_id === providerCallId);
    if (!goesOn) {
      parts.mayBegin(socket.handshake.address);
      const over = await findCall(db, { accountId: WEB_CALLS_ACCOUNT, providerCallId });
      if (over) throw new AppError('not_found');
      // Whoever calls anew has given up the call before, in another window or on a page that is gone.
      for (const call of mine) await host.report(refOf(call), [ended(clock.now())]);
    }
    const steps = await ask(providerCallId, null, { kind: goesOn ? 'again' : 'began' });
    const callId = await findCall(db, { accountId: WEB_CALLS_ACCOUNT, providerCallId });
    if (!callId) throw new AppError('unavailable');
    await db.updateTable('call_leg').set({ seen_at: clock.now() }).where('id', '=', callId).execute();
    const call = await db.selectFrom('call').selectAll().where('id', '=', callId).executeTakeFirstOrThrow();
    return {
      callId,
      legId: callId,
      steps,
      iceServers: iceServersFor(config, visitor(), clock.now()),
      elapsedSeconds: secondsBetween(call.started_at, clock.now()),
      said: goesOn ? await saidSoFar(db, call, steps) : [],
    };
  });

  on('call.heard', callHeardSchema, async ({ callId, turn, heard }) => {
    const call = await callOf(callId);
    const steps = await ask(refOf(call).providerCallId, turn, await understood(heard));
    if (steps.at(-1)?.do !== 'join') await leaveRoom(callId, call.turn);
    return { steps };
  });

  on('call.hangUp', callLegRefSchema, async ({ callId, legId }) => {
    const call = await callOf(callId);
    if (legId !== callId) throw new AppError('not_found');
    await host.report(refOf(call), [ended(clock.now())]);
    return {};
  });

  /** What is next is not the room: then they are no longer in it. */
  async function leaveRoom(callId: string, turn: number): Promise<void> {
    const leg = await db.selectFrom('call_leg').select('state').where('id', '=', callId).executeTakeFirst();
    if (leg?.state !== 'joined') return;
    const call = await callOf(callId);
    const what = { kind: 'left', legId: callId } as const;
    await host.report(refOf(call), [{ key: `left:${callId}:${turn}`, at: clock.now(), order: 0, what }]);
  }

  async function understood(heard: z.output<typeof callHeardSchema>['heard']): Promise<Heard> {
    if (heard.kind !== 'recorded') return heard;
    const { attachmentId, milliseconds } = heard;
    const file = await db
      .selectFrom('attachment')
      .select('id')
      .where('id', '=', attachmentId)
      .where('owner', '=', `visitor:${visitor()}`)
      .executeTakeFirst();
    if (!file) throw new AppError('not_found');
    return { kind: 'recorded', source: { attachmentId }, milliseconds, at: clock.now() };
  }
}

const ended = (at: Date): CallFact => ({ key: 'ended', at, order: 0, what: { kind: 'ended', reason: 'completed' } });
