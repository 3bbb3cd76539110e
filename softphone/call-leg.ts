import type { IceServer } from '../server/contract/call.ts';
import type { CallRoom } from '../server/contract/call-room.ts';
import type { Ack, CallLegEvents } from '../server/contract/socket.ts';
import type { CallPushes } from '../server/contract/voice.ts';
import { createPeers, type Peers } from './peers.ts';

/** The connection to the server, whichever namespace it is of. */
export interface LegWire {
  /** Sends; resolves with the answer, or rejects where none came. */
  ask<E extends 'call.join' | 'call.alive'>(
    event: E,
    data: Parameters<CallLegEvents[E]>[0],
  ): Promise<Ack<{ room: CallRoom }>>;
  tell<E extends 'call.signal' | 'call.leave'>(event: E, data: Parameters<CallLegEvents[E]>[0]): void;
  /** @returns stops it */
  on<E extends keyof CallPushes>(event: E, listener: CallPushes[E]): () => void;
}

export interface CallLegOptions {
  wire: LegWire;
  callId: string;
  legId: string;
  context: AudioContext;
  microphone: MediaStream | null;
  iceServers: readonly IceServer[];
  onRoom(room: CallRoom): void;
  /** The leg is over, at the server's word. Told once; nothing is to be called after it. */
  onOver(): void;
  onChange?(): void;
  onBlocked?(): void;
}

/** One's own leg in a browser, for as long as it lives. */
export interface CallLegHandle {
  readonly peers: Peers;
  /** Of the last reading; null: nothing to judge by yet. */
  readonly quality: number | null;
  /** Goes out of the room. */
  leave(): void;
  /** Lets go of everything without a word: the page goes away, and may come back within the lease. */
  close(): void;
}

/** How often the server hears that a leg lives; four times in a row unheard, it is over. */
const ALIVE_MS = 3_000;

/** Joins a room with one's leg, keeps the leg alive and the room up to date, and carries signals. */
export function joinCall(options: CallLegOptions): CallLegHandle {
  const { wire, callId, legId } = options;
  const peers = createPeers({
    you: legId,
    context: options.context,
    microphone: options.microphone,
    iceServers: options.iceServers,
    send: (to, signal) => wire.tell('call.signal', { callId, from: legId, to, signal }),
    ...(options.onChange ? { onChange: options.onChange } : {}),
    ...(options.onBlocked ? { onBlocked: options.onBlocked } : {}),
  });
  let quality: number | null = null;
  let joined = false;
  let closed = false;

  const stops = [
    wire.on('call.room', (room) => {
      if (room.callId === callId && room.you === legId) take(room);
    }),
    wire.on('call.signal', ({ callId: of, from, to, signal }) => {
      if (of === callId && to === legId) peers.signal(from, signal);
    }),
    wire.on('call.over', (over) => {
      if (over.callId === callId && over.legId === legId) end();
    }),
  ];
  const timer = setInterval(() => void beat(), ALIVE_MS);
  void beat();

  function take(room: CallRoom): void {
    if (closed) return;
    peers.room(room);
    options.onRoom(room);
  }

  async function beat(): Promise<void> {
    if (joined) quality = (await peers.quality()) ?? quality;
    const leg = { callId, legId };
    const answer = await (joined
      ? wire.ask('call.alive', { ...leg, ...(quality ? { quality } : {}) })
      : wire.ask('call.join', leg)
    ).catch(() => null);
    if (closed || !answer) return;
    if (answer.ok) {
      joined = true;
      take(answer.room);
    } else if (answer.error.code === 'not_found') end();
  }

  function end(): void {
    if (closed) return;
    close();
    options.onOver();
  }

  function close(): void {
    closed = true;
    clearInterval(timer);
    for (const stop of stops) stop();
    peers.close();
  }

  return {
    peers,
    get quality() {
      return quality;
    },
    leave() {
      if (!closed) wire.tell('call.leave', { callId, legId });
      close();
    },
    close,
  };
}
