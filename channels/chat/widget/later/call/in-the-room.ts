import type { IceServer } from '../../../../../server/contract/call.ts';
import type { CallRoom } from '../../../../../server/contract/call-room.ts';
import { type CallLegHandle, joinCall, type LegWire } from '../../../../../softphone/call-leg.ts';
import type { Store } from '../../state/store.ts';
import type { CallState } from './call-state.ts';

/** Alone in the room for so long: the word that it is over was lost. */
const ALONE_MS = 6_000;

export interface InTheRoom {
  /** Null outside it. */
  readonly leg: CallLegHandle | null;
  /** Once: whoever is there stays there. */
  join(
    call: { callId: string; iceServers: readonly IceServer[] },
    context: AudioContext,
    microphone: MediaStream | null,
  ): void;
  leave(): void;
}

/** The citizen among those they talk with. */
export function createInTheRoom(
  store: Store<CallState>,
  wire: LegWire,
  { again, finish }: { again(): void; finish(): void },
): InTheRoom {
  let leg: CallLegHandle | null = null;
  let alone: ReturnType<typeof setTimeout> | undefined;

  function entered({ you, members }: CallRoom): void {
    const self = members.find(({ legId }) => legId === you);
    const others = members.filter(({ legId }) => legId !== you);
    store.set({ others, held: self?.held ?? false });
    clearTimeout(alone);
    if (others.length === 0) alone = setTimeout(again, ALONE_MS);
  }

  return {
    get leg() {
      return leg;
    },
    join({ callId, iceServers }, context, microphone) {
      if (leg) return;
      store.set({ phase: 'room' });
      leg = joinCall({
        wire,
        callId,
        legId: callId,
        context,
        microphone,
        iceServers,
        onRoom: entered,
        onOver: finish,
        onBlocked: () => store.set({ blocked: true }),
      });
      leg.peers.mute(store.get().muted);
    },
    leave() {
      clearTimeout(alone);
      leg?.close();
      leg = null;
      store.set({ others: [], held: false });
    },
  };
}
