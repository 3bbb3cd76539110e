import { onUnmounted, type Ref, ref, watch } from 'vue';
import type { CallSignal } from '../../../../server/contract/call-room.ts';
import { closeMicrophone, openMicrophone } from '../../../../softphone/microphone.ts';
import { createPeers, type Peers } from '../../../../softphone/peers.ts';
import type { ShownCall } from '../screen-api.ts';

interface Member {
  sid: string;
  name: string;
  held: boolean;
  muted: boolean;
  coachFor: string | null;
}

let context: AudioContext | null = null;

/** In a click: from then on the page may sound. */
export function readyToHear(): void {
  context ??= new AudioContext();
  void context.resume();
}

/**
 * The voices of a call's room, from browser to browser. Without a microphone they are heard all the same.
 * @returns whether the others hear us, and what changes it
 */
export function useCallAudio(call: () => ShownCall): { isHeard: Ref<boolean>; toggle(): void } {
  const isHeard = ref(false);
  const { sid, personId } = call();
  const place = `/simulator/telephone/person_${encodeURIComponent(personId)}`;
  let microphone: MediaStream | null = null;
  let peers: Peers | null = null;
  let rooms = 0;
  let source: EventSource | null = null;
  let isOver = false;

  async function join(): Promise<void> {
    if (peers || !context) return;
    peers = createPeers({
      you: sid,
      context,
      microphone: null,
      iceServers: [],
      send: (to, signal) =>
        void fetch(`${place}/signal`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ from: sid, to, signal }),
        }),
    });
    source = new EventSource(place);
    source.addEventListener('room', ({ data }) => {
      const { legSid, members } = JSON.parse(data) as { legSid: string; members: Member[] };
      rooms += 1;
      if (legSid === sid) peers?.room({ callId: sid, you: sid, members: members.map(memberOf), version: rooms });
    });
    source.addEventListener('signal', ({ data }) => {
      const { from, to, signal } = JSON.parse(data) as { from: string; to: string; signal: CallSignal };
      if (to === sid) peers?.signal(from, signal);
    });
    await open();
  }

  async function open(): Promise<void> {
    const stream = await openMicrophone().catch(() => null);
    if (isOver || !peers) {
      closeMicrophone(stream);
      return;
    }
    microphone = stream;
    peers.microphone(stream);
    isHeard.value = stream !== null;
  }

  function toggle(): void {
    readyToHear();
    if (!peers) void join();
    else if (!microphone) void open();
    else {
      isHeard.value = !isHeard.value;
      peers.mute(!isHeard.value);
    }
  }

  // Only among people: the line itself is read aloud, and listens to words.
  watch(
    () => call().with !== null,
    (isAmongPeople) => {
      if (isAmongPeople) void join();
    },
    { immediate: true },
  );
  onUnmounted(() => {
    isOver = true;
    source?.close();
    peers?.close();
    closeMicrophone(microphone);
  });
  return { isHeard, toggle };
}

const memberOf = ({ sid, name, held, muted, coachFor }: Member) => ({
  legId: sid,
  role: coachFor ? ('supervisor' as const) : ('operator' as const),
  name,
  held,
  silent: muted,
  whispersTo: coachFor,
});
