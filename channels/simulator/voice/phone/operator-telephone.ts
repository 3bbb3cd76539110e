import { isOver, type VoiceCall } from '../call.ts';
import type { Telephony } from '../telephony.ts';
import { type CallInProgress, callInProgress } from './call-in-progress.ts';

/** Until the network takes a telephone that says nothing any more for gone. */
export const LOST_SECONDS = 10;

/** An operator's telephone without a browser, for tests: it answers at once unless told otherwise. */
export interface OperatorTelephone {
  readonly identity: string;
  /** What it does when it rings. */
  answers: 'at once' | 'never' | 'declines';
  /** All that ever rang on it, the latest last. */
  calls(): CallInProgress[];
  /** The one that is not over. */
  current(): CallInProgress | null;
  hangUp(): void;
  /** Its browser dies without a word: the others notice after a while. */
  die(): void;
  /** It signs off: nothing rings any more. */
  leave(): void;
}

/** @returns the telephone of that identity: the same as long as it lives */
export function createOperatorTelephones(telephony: Telephony): (identity: string, name?: string) => OperatorTelephone {
  const alive = new Map<string, OperatorTelephone>();
  return (identity, name = identity) => {
    const known = alive.get(identity);
    if (known) return known;
    const made = createOperatorTelephone(telephony, identity, name, () => alive.delete(identity));
    alive.set(identity, made);
    return made;
  };
}

function createOperatorTelephone(
  telephony: Telephony,
  identity: string,
  name: string,
  gone: () => void,
): OperatorTelephone {
  const had: VoiceCall[] = [];
  let isAlive = true;
  const live = () => had.findLast((call) => !isOver(call)) ?? null;
  const telephone: OperatorTelephone = {
    identity,
    answers: 'at once',
    calls: () => had.map((call) => callInProgress(telephony, call)),
    current() {
      const call = live();
      return call && callInProgress(telephony, call);
    },
    hangUp() {
      const call = live();
      if (call) telephony.hangUp(call);
    },
    die() {
      isAlive = false;
      gone();
      telephony.office.world.timers.after(LOST_SECONDS, () => {
        const call = live();
        if (call && !isAlive) telephony.end(call, call.answeredAt ? 'completed' : 'no-answer');
      });
    },
    leave() {
      isAlive = false;
      gone();
      telephony.clients.delete(identity);
    },
  };
  telephony.clients.set(identity, {
    kind: 'client',
    id: identity,
    name,
    reach: () => (isAlive ? 'rings' : 'unknown'),
    rings(call) {
      had.push(call);
      if (telephone.answers === 'at once') telephony.answer(call);
      else if (telephone.answers === 'declines') telephony.decline(call);
    },
  });
  return telephone;
}
