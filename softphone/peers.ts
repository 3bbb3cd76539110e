import type { IceServer } from '../server/contract/call.ts';
import type { CallRoom, CallSignal } from '../server/contract/call-room.ts';
import { createEar, type Ear } from './ear.ts';
import { type Gate, gatesOf, recordedOf } from './gates.ts';
import { createHoldMusic } from './hold-music.ts';
import { createLink, type Link } from './link.ts';
import { meterOf } from './meter.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import { createGauge } from './quality.ts';

export interface PeersOptions {
  /** One's own leg. */
  you: string;
  /** Made, or resumed, in a click: browsers are silent before. */
  context: AudioContext;
  /** Null: they only listen. Whoever opened it closes it. */
  microphone: MediaStream | null;
  iceServers: readonly IceServer[];
  send(to: string, signal: CallSignal): void;
  /** A way was found, or was lost: `connected` has it. */
  onChange?(): void;
  /** The browser plays nothing until somebody clicks; `wake` in that click. */
  onBlocked?(): void;
}

/** The others of a call, and ways to them. Everything may be called at any time, in any order, and again. */
export interface Peers {
  /** The room as it is now: ways are opened and closed, and everybody hears whom they are to hear. Older news is passed over. */
  room(room: CallRoom): void;
  signal(from: string, signal: CallSignal): void;
  /** Whether the others hear our microphone. */
  mute(on: boolean): void;
  /** Speaks by another microphone from now on. */
  microphone(stream: MediaStream | null): void;
  output(deviceId: string): Promise<void>;
  /** How loud somebody is right now as they are heard here, 0 to 1; one's own leg: as the others hear us. */
  level(legId: string): number;
  connected(legId: string): boolean;
  /** The worst of the ways since it was last asked, as a mean opinion score from 1 to 5; null: nothing to judge by. */
  quality(): Promise<number | null>;
  /** What the citizen says and hears, to be recorded; whatever is said while they are on hold, or whispered, is not. */
  mixed(): MediaStream;
  wake(): void;
  close(): void;
}

interface Other {
  link: Link;
  gate: Gate;
  outgoing: Outgoing;
  ear: Ear | null;
  recorded: boolean;
  connected: boolean;
  gauge: ReturnType<typeof createGauge>;
}

/** Signals of somebody whom the room does not know yet: the news of them is on its way. */
const EARLY_SIGNALS = 60;

/** Holds a call's audio between browsers: everybody has a way to everybody, and hears whom the room says. */
export function createPeers(options: PeersOptions): Peers {
  const { you, context } = options;
  const others = new Map<string, Other>();
  const early = new Map<string, CallSignal[]>();
  const music = createHoldMusic(context);
  const voice = new GainNode(context);
  const meter = meterOf(context, voice);
  const mix = context.createMediaStreamDestination();
  let recorded = false;
  const [silence] = context.createMediaStreamDestination().stream.getAudioTracks();
  let microphone: MediaStreamTrack | null = null;
  let source: MediaStreamAudioSourceNode | null = null;
  let version = -1;
  let muted = false;
  let sink = '';
  let closed = false;

  function speakBy(stream: MediaStream | null): void {
    source?.disconnect();
    microphone = stream?.getAudioTracks()[0] ?? null;
    source = stream && microphone ? context.createMediaStreamSource(stream) : null;
    source?.connect(voice);
    sendToAll();
  }

  function sendToAll(): void {
    for (const { link, gate, outgoing } of others.values()) {
      const passedOn = gate.relays.flatMap((legId) => others.get(legId)?.ear?.voice ?? []);
      const voices = gate.relays.length > 0 ? [...passedOn, ...(gate.heard ? [voice] : [])] : null;
      link.sends(outgoing.track({ microphone: gate.heard ? microphone : null, muted, voices }));
    }
  }

  function listenTo({ ear, gate, recorded: on }: Other): void {
    ear?.opens(gate.hearing);
    ear?.mixes(mix, on);
  }

  function recordOwn(on: boolean): void {
    if (on === recorded) return;
    recorded = on;
    if (on) voice.connect(mix);
    else voice.disconnect(mix);
  }

  function open(legId: string, gate: Gate): Other {
    if (!silence) throw new Error('a browser without audio');
    const link = createLink({
      iceServers: options.iceServers,
      polite: you < legId,
      track: silence,
      send: (signal) => options.send(legId, signal),
      onStream(stream) {
        other.ear?.close();
        other.ear = createEar(context, stream, () => options.onBlocked?.());
        if (sink) void other.ear.output(sink).catch(() => undefined);
        listenTo(other);
        sendToAll();
      },
      onConnected(connected) {
        other.connected = connected;
        options.onChange?.();
      },
    });
    const outgoing = createOutgoing(context, silence);
    const other: Other = { link, gate, outgoing, ear: null, recorded: false, connected: false, gauge: createGauge() };
    others.set(legId, other);
    for (const signal of early.get(legId) ?? []) link.signal(signal);
    early.delete(legId);
    return other;
  }

  function shut(legId: string, { link, ear, outgoing }: Other): void {
    others.delete(legId);
    link.close();
    ear?.close();
    outgoing.close();
  }

  speakBy(options.microphone);

  return {
    room(room) {
      if (closed || room.version < version) return;
      version = room.version;
      const gates = gatesOf(you, room.members);
      for (const [legId, other] of others) if (!gates.has(legId)) shut(legId, other);
      const onRecord = recordedOf(room.members);
      recordOwn(onRecord.has(you));
      for (const { legId } of room.members) {
        const gate = gates.get(legId);
        if (!gate) continue;
        const other = others.get(legId) ?? open(legId, gate);
        Object.assign(other, { gate, recorded: onRecord.has(legId) });
        listenTo(other);
      }
      sendToAll();
      music.play(room.members.some(({ legId, held }) => legId === you && held));
      options.onChange?.();
    },
    signal(from, signal) {
      if (closed) return;
      const other = others.get(from);
      if (other) return other.link.signal(signal);
      const waiting = early.get(from) ?? [];
      if (waiting.length < EARLY_SIGNALS) early.set(from, [...waiting, signal]);
    },
    mute(on) {
      muted = on;
      voice.gain.value = on ? 0 : 1;
      sendToAll();
    },
    microphone: speakBy,
    async output(deviceId) {
      sink = deviceId;
      await Promise.all([...others.values()].map(({ ear }) => ear?.output(deviceId)));
    },
    level: (legId) => (legId === you ? meter : others.get(legId)?.ear?.meter)?.level() ?? 0,
    connected: (legId) => others.get(legId)?.connected ?? false,
    async quality() {
      const scores = await Promise.all([...others.values()].map(async ({ link, gauge }) => gauge(await link.stats())));
      const known = scores.filter((score) => score !== null);
      return known.length > 0 ? Math.min(...known) : null;
    },
    mixed: () => mix.stream,
    wake() {
      // Refused once it is closed.
      context.resume().catch(() => {});
      for (const { ear } of others.values()) ear?.wake();
    },
    close() {
      closed = true;
      for (const [legId, other] of others) shut(legId, other);
      source?.disconnect();
      voice.disconnect();
      music.close();
    },
  };
}
