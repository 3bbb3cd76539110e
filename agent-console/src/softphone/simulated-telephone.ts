import type { CallDevice, IceServer } from '../../../server/contract/call.ts';
import type { CallSignal, RoomMember } from '../../../server/contract/call-room.ts';
import { createPeers, type Peers } from '../../../softphone/peers.ts';
import { createKeyTones } from './key-tones.ts';
import type { Ring, Telephone, TelephoneEvents } from './telephone.ts';

/** What the emulated telephone company tells a telephone of its. Its ids are its own; ours are the ring's parameters. */
interface Pushes {
  ring: { callSid: string; legSid: string; parameters: Record<string, string> };
  over: { legSid: string };
  room: {
    legSid: string;
    members: { sid: string; name: string | null; held: boolean; muted: boolean; coachFor: string | null }[];
  };
  signal: { from: string; to: string; signal: CallSignal };
  said: { legSid: string; text: string };
}

const ALIVE_MILLISECONDS = 3_000;

/** A telephone of the emulated line: rings by its events, and talks from browser to browser. */
export function startSimulatedTelephone(
  { identity, path }: NonNullable<CallDevice['simulated']>,
  iceServers: readonly IceServer[],
  events: TelephoneEvents,
): Telephone {
  const place = `${path}/${encodeURIComponent(identity)}`;
  const source = new EventSource(place);
  const live = new Map<string, { peers: Peers; over(): void; typed(text: string): void }>();
  const legIds = new Map<string, string>();
  let rooms = 0;

  /** What is lost is asked for again by the next event, or ends with the leg's lease. */
  const tell = (what: string, body: object) =>
    fetch(`${place}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => null);

  function on<Name extends keyof Pushes>(name: Name, take: (data: Pushes[Name]) => void) {
    source.addEventListener(name, (event: MessageEvent<string>) => take(JSON.parse(event.data) as Pushes[Name]));
  }
  source.onopen = () => events.onReach(true);
  source.onerror = () => events.onReach(false, 'the emulated line does not answer');
  on('ring', ({ legSid, parameters: { callId, legId } }) => {
    if (!callId || !legId) return;
    legIds.set(legSid, legId);
    events.onRing(ringOf(callId, legId, legSid));
  });
  on('over', ({ legSid }) => {
    live.get(legSid)?.over();
    const legId = legIds.get(legSid);
    if (legId) events.onOver(legId);
  });
  on('room', ({ legSid, members }) => {
    rooms += 1;
    live.get(legSid)?.peers.room({ callId: legSid, you: legSid, members: members.map(memberOf), version: rooms });
  });
  on('signal', ({ from, to, signal }) => live.get(to)?.peers.signal(from, signal));
  on('said', ({ legSid, text }) => live.get(legSid)?.typed(text));
  const alive = setInterval(() => void tell('alive', {}), ALIVE_MILLISECONDS);

  function ringOf(callId: string, legId: string, legSid: string): Ring {
    return {
      callId,
      legId,
      role: null,
      ignore() {},
      async answer({ context, microphone, output }, { onOver, onBlocked, onTyped }) {
        let quality: number | null = null;
        const peers = createPeers({
          you: legSid,
          context,
          microphone,
          iceServers,
          send: (to, signal) => void tell('signal', { from: legSid, to, signal }),
          onBlocked,
        });
        const gauge = setInterval(async () => {
          quality = (await peers.quality()) ?? quality;
        }, ALIVE_MILLISECONDS);
        const tones = createKeyTones(context, microphone, (stream) => peers.microphone(stream));
        function close() {
          clearInterval(gauge);
          live.delete(legSid);
          peers.close();
        }
        live.set(legSid, {
          peers,
          over() {
            close();
            onOver();
          },
          typed: onTyped,
        });
        if (output) void peers.output(output).catch(() => {});
        await tell('answer', { legSid });
        return {
          mute: (to) => peers.mute(to),
          keys: (digits) => tones.press(digits),
          microphone(stream) {
            tones.microphone(stream);
            peers.microphone(stream);
          },
          output: (deviceId) => peers.output(deviceId),
          level: () => peers.level(legSid),
          quality: () => quality,
          mixed: () => null,
          wake: () => peers.wake(),
          leave() {
            close();
            void tell('hang-up', { legSid });
          },
          close,
        };
      },
    };
  }

  return {
    stop() {
      clearInterval(alive);
      for (const { peers } of live.values()) peers.close();
      source.close();
    },
  };
}

/** Whoever coaches is the only one whom the emulated room knows to be a supervisor. */
const memberOf = ({ sid, name, held, muted, coachFor }: Pushes['room']['members'][number]): RoomMember => ({
  legId: sid,
  role: coachFor ? 'supervisor' : 'operator',
  name,
  held,
  silent: muted,
  whispersTo: coachFor,
});
