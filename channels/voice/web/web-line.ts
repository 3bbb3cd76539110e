import type { CallLeg, IceServer } from '../../../server/contract/call.ts';
import type { FetchedMedia } from '../../../server/contract/channel.ts';
import type { CallFact, CallHost, CallRef, CallSockets, VoiceLine } from '../../../server/contract/voice.ts';
import { LEG_LEASE_SECONDS, visitorOf } from '../../../server/contract/web-call.ts';
import { roomFor } from '../../../server/contract/who-hears.ts';

/** A call as it stands, with when each browser was last heard of. */
export interface WebCall {
  id: string;
  version: number;
  isOver: boolean;
  legs: readonly (CallLeg & { seenAt: Date })[];
}

/** What the line asks of the server beside its host. */
export interface WebLineParts {
  host: Pick<CallHost, 'report'>;
  sockets: CallSockets;
  now(): Date;
  findCall(callId: string): Promise<WebCall | null>;
  iceServersFor(who: string): IceServer[];
  /** What a resident's browser recorded and sent up. */
  recordings: {
    fetch(attachmentId: string): Promise<FetchedMedia>;
    erase(attachmentId: string): Promise<void>;
  };
}

/**
 * Calls from the browser: the browsers find each other by signals over our sockets, and hear what the room says.
 * Nobody stands between them, so the line's clock is ours, and a browser that falls silent is gone.
 */
export function createWebLine({ host, sockets, now, findCall, iceServersFor, recordings }: WebLineParts): VoiceLine {
  // Whoever was there when the server went down has not been able to say so.
  const since = now().getTime();

  /** By the room as it stands now, not as it stood when the order was given. */
  async function tellRoom(call: CallRef): Promise<void> {
    const current = await findCall(call.callId);
    if (!current) return;
    for (const leg of current.legs) {
      if (leg.state !== 'joined') continue;
      const room = roomFor(leg, current);
      if (leg.role === 'citizen') sockets.toVisitor(visitorOf(call.providerCallId), 'call.room', room);
      else if (leg.operatorId) sockets.toOperator(leg.operatorId, 'call.room', room);
    }
  }

  const attachmentOf = ({ attachmentId }: Record<string, unknown>) => String(attachmentId);

  return {
    kind: 'web',
    async recall({ callId, providerCallId }) {
      sockets.toVisitor(visitorOf(providerCallId), 'call.recall', { callId });
      return { outcome: 'done' };
    },
    dial: async () => ({ outcome: 'failed', reason: 'A browser cannot be called.' }),
    async ring({ callId }, { legId, operatorId, role }) {
      if (!operatorId || role === 'outside') return { outcome: 'failed', reason: 'No number can be called from here.' };
      sockets.toOperator(operatorId, 'call.ring', { callId, legId, role });
      return { outcome: 'done' };
    },
    async arrange(call) {
      await tellRoom(call);
      return { outcome: 'done' };
    },
    async hangUp(call, legId) {
      const { callId, providerCallId } = call;
      const isCitizen = legId === callId;
      const leg = (await findCall(callId))?.legs.find(({ id }) => id === legId);
      if (isCitizen) sockets.toVisitor(visitorOf(providerCallId), 'call.over', { callId, legId });
      else if (leg?.operatorId) sockets.toOperator(leg.operatorId, 'call.over', { callId, legId });
      await host.report(call, [isCitizen ? ended(now()) : left(legId, now())]);
      return { outcome: 'done' };
    },
    async record({ callId }, to) {
      const holder = (await findCall(callId))?.legs.find(
        ({ role, state }) => role === 'operator' && state === 'joined',
      );
      if (!holder?.operatorId) return { outcome: 'gone' };
      sockets.toOperator(holder.operatorId, 'call.record', { callId, to });
      return { outcome: 'done' };
    },
    async look({ callId }) {
      const call = await findCall(callId);
      if (!call || call.isOver) return [];
      const heardOf = ({ seenAt }: { seenAt: Date }) => Math.max(seenAt.getTime(), since);
      return call.legs
        .filter(({ role, state }) => role === 'citizen' || state === 'joined')
        .filter((leg) => now().getTime() - heardOf(leg) > LEG_LEASE_SECONDS * 1_000)
        .map(({ id, role, seenAt }) => (role === 'citizen' ? ended(seenAt) : left(id, seenAt)));
    },
    fetchRecording: (_accountId, source) => recordings.fetch(attachmentOf(source)),
    eraseRecording: (_accountId, source) => recordings.erase(attachmentOf(source)),
    deviceFor: async (operatorId) => ({ iceServers: iceServersFor(operatorId) }),
  };
}

const ended = (at: Date): CallFact => ({ key: 'ended', at, order: 0, what: { kind: 'ended', reason: 'completed' } });

const left = (legId: string, at: Date): CallFact => ({
  key: `left:${legId}`,
  at,
  order: 0,
  what: { kind: 'left', legId },
});
