import { type Handset, isOver, type VoiceCall } from '../call.ts';
import type { Telephony } from '../telephony.ts';
import { LOST_SECONDS } from './operator-telephone.ts';

/** What a page that is a telephone is told, as its events. */
export interface TelephoneEvents {
  ring: { callSid: string; legSid: string; parameters: Record<string, string> };
  over: { legSid: string };
  /** Who is in the same room as that leg. */
  room: {
    legSid: string;
    members: { sid: string; name: string; held: boolean; muted: boolean; coachFor: string | null }[];
  };
  signal: { from: string; to: string; signal: unknown };
  /** Words that somebody in the same room typed instead of speaking them. */
  said: { legSid: string; from: string; text: string };
}
export type Tell = <E extends keyof TelephoneEvents>(event: E, data: TelephoneEvents[E]) => void;

/** Telephones in browsers: operators' by the identity of their client, residents' as `person_` and their id. */
export interface BrowserTelephones {
  /**
   * A page is a telephone from now on.
   * @param returns whether it was one before, and only lost the line: else it is a new page, and knows of no call
   * @returns what ends it
   */
  open(identity: string, returns: boolean, tell: Tell): () => void;
  /** The call of that telephone. @throws RangeError where it has no such call */
  call(identity: string, legSid: string): VoiceCall;
  /** @throws RangeError where `from` is no call of that telephone */
  signal(identity: string, signal: TelephoneEvents['signal']): void;
  stop(): void;
}

export const identityOf = ({ kind, id }: Handset): string => (kind === 'person' ? `person_${id}` : id);

export function createBrowserTelephones(telephony: Telephony): BrowserTelephones {
  const { calls, clients, office } = telephony;
  const { events, timers } = office.world;
  const pages = new Map<string, Set<Tell>>();
  const losses = new Map<string, () => void>();
  /** What each leg was last told, so that nothing is told twice. */
  const told = new WeakMap<VoiceCall, { room: string; captions: number; isOver: boolean }>();

  const legsOf = (identity: string) =>
    [...calls.values()].filter((call) => identityOf(call.handset) === identity && !isOver(call));
  const tellAll: (identity: string) => Tell = (identity) => (event, data) => {
    for (const tell of pages.get(identity) ?? []) tell(event, data);
  };
  const ringOf = ({ sid, parameters, from, to, account }: VoiceCall): TelephoneEvents['ring'] => ({
    callSid: sid,
    legSid: sid,
    parameters: { From: from, To: to, CallSid: sid, AccountSid: account.settings.accountSid, ...parameters },
  });

  function handsetOf(identity: string): Handset {
    return {
      kind: 'client',
      id: identity,
      name: identity,
      reach: () => ((pages.get(identity)?.size ?? 0) > 0 ? 'rings' : 'unknown'),
      rings: (call) => tellAll(identity)('ring', ringOf(call)),
    };
  }

  function follow(sid: string): void {
    const call = calls.get(sid);
    const identity = call && identityOf(call.handset);
    if (!call || !identity || !pages.has(identity)) return;
    const last = told.get(call) ?? { room: '[]', captions: call.captions.length, isOver: false };
    const members = call.room?.members() ?? [];
    const room = JSON.stringify(members);
    if (room !== last.room) tellAll(identity)('room', { legSid: sid, members });
    const fresh = call.captions.slice(Math.min(last.captions, call.captions.length));
    for (const { kind, from, text } of fresh) {
      if (kind === 'voice') tellAll(identity)('said', { legSid: sid, from: from ?? '', text });
    }
    if (isOver(call) && !last.isOver) tellAll(identity)('over', { legSid: sid });
    told.set(call, { room, captions: call.captions.length, isOver: isOver(call) });
  }
  events.on('call', follow);

  function hangUpAll(identity: string): void {
    for (const call of legsOf(identity)) telephony.end(call, call.answeredAt ? 'completed' : 'no-answer');
  }

  function close(identity: string, tell: Tell): void {
    const open = pages.get(identity);
    open?.delete(tell);
    if (!open || open.size > 0) return;
    pages.delete(identity);
    if (identity.startsWith('person_')) return;
    losses.set(
      identity,
      timers.after(LOST_SECONDS, () => {
        losses.delete(identity);
        clients.delete(identity);
        hangUpAll(identity);
      }),
    );
  }

  return {
    open(identity, returns, tell) {
      const isPerson = identity.startsWith('person_');
      losses.get(identity)?.();
      losses.delete(identity);
      const open = pages.get(identity) ?? new Set();
      // A page that was loaded anew has lost the call of the one before, as with Twilio's own telephone.
      if (!returns && open.size === 0 && !isPerson) {
        for (const call of legsOf(identity)) if (call.answeredAt) telephony.hangUp(call);
      }
      open.add(tell);
      pages.set(identity, open);
      if (!isPerson) clients.set(identity, handsetOf(identity));
      for (const call of legsOf(identity)) {
        if (call.answeredAt) tell('room', { legSid: call.sid, members: call.room?.members() ?? [] });
        else if (call.status === 'ringing') tell('ring', ringOf(call));
      }
      return () => close(identity, tell);
    },
    call(identity, legSid) {
      const call = calls.get(legSid);
      if (!call || identityOf(call.handset) !== identity) throw new RangeError(`no call ${legSid} on this telephone`);
      return call;
    },
    signal(identity, signal) {
      this.call(identity, signal.from);
      const to = calls.get(signal.to);
      if (to) tellAll(identityOf(to.handset))('signal', signal);
    },
    stop() {
      events.off('call', follow);
      for (const cancel of losses.values()) cancel();
    },
  };
}
