import type { CallDevice } from '../../../server/contract/call.ts';
import type { ConsoleSocket } from '../api/socket.ts';
import type { Telephone, TelephoneEvents } from './telephone.ts';

/** Which telephone a line is reached by. */
export type TelephoneKind = 'web' | 'twilio' | 'simulated';

/**
 * Puts a telephone on the desk for each kind of line that the city has. Each kind's code is loaded only where there is
 * such a line. @returns takes them all away
 */
export async function startTelephones(
  device: CallDevice,
  socket: ConsoleSocket,
  eventsOf: (kind: TelephoneKind) => TelephoneEvents,
): Promise<() => void> {
  const { iceServers, simulated, twilio, lines } = device;
  const starts: Record<TelephoneKind, (() => Promise<Telephone>) | null> = {
    web: lines.some(({ kind }) => kind === 'web')
      ? async () => (await import('./web-telephone.ts')).startWebTelephone(socket, iceServers, eventsOf('web'))
      : null,
    simulated: simulated
      ? async () =>
          (await import('./simulated-telephone.ts')).startSimulatedTelephone(
            simulated,
            iceServers,
            eventsOf('simulated'),
          )
      : null,
    twilio: twilio
      ? async () => (await import('./twilio-telephone.ts')).startTwilioTelephone(twilio.token, eventsOf('twilio'))
      : null,
  };
  const kinds = (Object.keys(starts) as TelephoneKind[]).filter((kind) => starts[kind] !== null);
  const telephones = await Promise.all(
    kinds.map(async (kind) => {
      try {
        return await starts[kind]?.();
      } catch (error) {
        // One line that cannot be had does not take the others away.
        eventsOf(kind).onReach(false, String(error));
        return undefined;
      }
    }),
  );
  return () => {
    for (const telephone of telephones) telephone?.stop();
  };
}
