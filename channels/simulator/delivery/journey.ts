import type { Failure, SimulatedMessage, Step } from '../world/message.ts';
import type { World } from '../world/world.ts';

/** Seconds from the provider's queue to the network, and from there to a telephone that is on. */
const TO_NETWORK = 0.1;
const TO_PHONE = 0.2;

/** What becomes of the city's messages, step by step, each reported. */
export interface Journey {
  begin(message: SimulatedMessage, fate?: Failure | null): void;
  /** The telephone is on again: what waited for it arrives. */
  phoneOn(personId: string): void;
  /** They looked at the conversation. */
  read(accountId: string, personId: string): void;
  stop(): void;
}

/** @param report tells the city of a message's new status */
export function createJourney(world: World, report: (message: SimulatedMessage) => void): Journey {
  const underWay = new Set<() => void>();

  function step(message: SimulatedMessage, status: Step, failure: Failure | null = null): void {
    message.status = status;
    message.failure = failure;
    world.events.emit('status', message);
    report(message);
  }

  function after(seconds: number, work: () => void): void {
    const cancel = world.timers.after(seconds, () => {
      underWay.delete(cancel);
      work();
    });
    underWay.add(cancel);
  }

  function arrive(message: SimulatedMessage): void {
    if (message.status !== 'sent' || !canArrive(message)) return;
    step(message, 'delivered');
  }

  function canArrive({ accountId, personId }: SimulatedMessage): boolean {
    return !world.people.get(personId)?.phoneIsOff && !world.shut.has(`${accountId} ${personId}`);
  }

  const ofPerson = (personId: string) =>
    [...world.messages.values()].filter((message) => message.from === 'city' && message.personId === personId);

  return {
    begin(message, fate = null) {
      after(TO_NETWORK, () => {
        if (fate) return step(message, 'failed', fate);
        step(message, 'sent');
        after(TO_PHONE, () => arrive(message));
      });
    },
    phoneOn(personId) {
      for (const message of ofPerson(personId)) arrive(message);
    },
    read(accountId, personId) {
      for (const message of ofPerson(personId)) {
        if (message.accountId === accountId && message.status === 'delivered') step(message, 'read');
      }
    },
    stop() {
      for (const cancel of underWay) cancel();
    },
  };
}
