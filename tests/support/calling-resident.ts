import { randomUUID } from 'node:crypto';
import type { CallStep } from '../../server/contract/voice.ts';
import type { ResidentClient } from './resident-client.ts';
import { until } from './until.ts';

/** Somebody who calls from the page: their end asks, joins and lives as a browser's does, without a voice. */
export interface CallingResident {
  readonly callId: string;
  presses(digits: string): Promise<void>;
  /** Waits until they are in the room with somebody. */
  talks(): Promise<void>;
  hangsUp(): Promise<void>;
}

const ALIVE_MS = 2_000;

export async function callingResident(resident: ResidentClient): Promise<CallingResident> {
  const { socket } = resident;
  const begun = await resident.ask('call.start', { clientId: randomUUID() });
  if (!begun.ok) throw new Error(`The call was refused: ${JSON.stringify(begun.error)}`);
  const { callId, legId } = begun as unknown as { callId: string; legId: string };
  const leg = { callId, legId };
  let steps: readonly CallStep[] = [];
  let joined = false;

  async function take(next: readonly CallStep[]) {
    steps = next;
    joined = next.at(-1)?.do === 'join';
    if (joined) await resident.ask('call.join', leg);
    const pause = next.at(-1);
    if (pause?.do === 'pause') await hear({ kind: 'again' }, pause.turn);
  }
  async function hear(heard: object, turn: number | null) {
    const answer = await resident.ask('call.heard', { callId, turn, heard });
    if (answer.ok) await take(answer.steps as readonly CallStep[]);
  }
  const turn = () => {
    const last = steps.findLast((step) => 'turn' in step);
    return last && 'turn' in last ? last.turn : null;
  };

  socket.on('call.recall', () => void hear({ kind: 'again' }, null));
  const alive = setInterval(() => void resident.ask('call.alive', leg), ALIVE_MS);
  socket.on('disconnect', () => clearInterval(alive));
  await take(begun.steps as readonly CallStep[]);

  return {
    callId,
    presses: (digits) => hear({ kind: 'keys', digits }, turn()),
    talks: async () => void (await until(() => joined, { what: 'the caller in the room' })),
    async hangsUp() {
      clearInterval(alive);
      await resident.ask('call.hangUp', leg);
    },
  };
}
