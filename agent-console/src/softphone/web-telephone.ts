import type { IceServer } from '../../../server/contract/call.ts';
import type { ConsoleClientEvents } from '../../../server/contract/socket.ts';
import { joinCall, type LegWire } from '../../../softphone/call-leg.ts';
import type { ConsoleSocket } from '../api/socket.ts';
import { createKeyTones } from './key-tones.ts';
import type { Ring, Telephone, TelephoneEvents } from './telephone.ts';

const PATIENCE_MILLISECONDS = 8_000;

/** The line of calls from browser to browser: it rings by the console's own connection. */
export function startWebTelephone(
  socket: ConsoleSocket,
  iceServers: readonly IceServer[],
  events: TelephoneEvents,
): Telephone {
  const wire = wireOf(socket);
  const stops = [
    wire.on('call.ring', ({ callId, legId, role }) => events.onRing(ringOf(wire, iceServers, { callId, legId, role }))),
    wire.on('call.over', ({ legId }) => events.onOver(legId)),
    wire.on('call.record', ({ callId, to }) => events.onRecord(callId, to)),
  ];
  events.onReach(true);
  return {
    stop() {
      for (const stop of stops) stop();
    },
  };
}

function ringOf(
  wire: LegWire,
  iceServers: readonly IceServer[],
  { callId, legId, role }: Pick<Ring, 'callId' | 'legId' | 'role'>,
): Ring {
  return {
    callId,
    legId,
    role,
    ignore() {},
    async answer({ context, microphone, output }, { onOver, onBlocked }) {
      const leg = joinCall({
        wire,
        callId,
        legId,
        context,
        microphone,
        iceServers,
        onRoom() {},
        onOver,
        onBlocked,
      });
      if (output) void leg.peers.output(output).catch(() => {});
      const tones = createKeyTones(context, microphone, (stream) => leg.peers.microphone(stream));
      return {
        mute: (on) => leg.peers.mute(on),
        keys: (digits) => tones.press(digits),
        microphone(stream) {
          tones.microphone(stream);
          leg.peers.microphone(stream);
        },
        output: (deviceId) => leg.peers.output(deviceId),
        level: () => leg.peers.level(legId),
        quality: () => leg.quality,
        mixed: () => leg.peers.mixed(),
        wake: () => leg.peers.wake(),
        leave: () => leg.leave(),
        close: () => leg.close(),
      };
    },
  };
}

/** The console's connection as a leg speaks over it. */
function wireOf(socket: ConsoleSocket): LegWire {
  // Asked for anew each time: it holds for the very next event that the connection sends, whoever sends it.
  const patient = () => socket.timeout(PATIENCE_MILLISECONDS);
  return {
    ask: (event, data) =>
      event === 'call.join' ? patient().emitWithAck('call.join', data) : patient().emitWithAck('call.alive', data),
    // Types follow an event and its data only as far as the event itself.
    tell(event, data) {
      if (event === 'call.signal')
        socket.emit('call.signal', data as Parameters<ConsoleClientEvents['call.signal']>[0]);
      else socket.emit('call.leave', data as Parameters<ConsoleClientEvents['call.leave']>[0]);
    },
    on(event, listener) {
      socket.on(event, listener as never);
      return () => void socket.off(event, listener as never);
    },
  };
}
