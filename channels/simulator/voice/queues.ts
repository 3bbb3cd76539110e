import type { TwilioAccount } from '../twilio/twilio-account.ts';
import type { VoiceCall } from './call.ts';
import type { Fields, Office } from './office.ts';

const MOST_WAITING = 1_000;

export interface QueueMember {
  call: VoiceCall;
  since: Date;
}

/** Calls that wait, the longest waiting first. */
export interface CallQueue {
  sid: string;
  account: TwilioAccount;
  name: string;
  maxSize: number;
  createdAt: Date;
  updatedAt: Date;
  members: QueueMember[];
  /** Of those who left. Seconds. */
  waits: number[];
}

export interface Queues {
  all: Map<string, CallQueue>;
  /** Makes it where there is none. */
  open(account: TwilioAccount, name: string): CallQueue;
  /** @returns null: it is full */
  join(queue: CallQueue, call: VoiceCall): QueueMember | null;
  leave(queue: CallQueue, member: QueueMember): void;
  /** What requests of who waits say of the queue. */
  fieldsOf(queue: CallQueue, member: QueueMember): Fields;
}

export function createQueues({ world, sid }: Office): Queues {
  const all = new Map<string, CallQueue>();
  const waited = ({ since }: QueueMember) => Math.round((world.now().getTime() - since.getTime()) / 1_000);
  return {
    all,
    open(account, name) {
      const known = [...all.values()].find((queue) => queue.name === name);
      if (known) return known;
      const now = world.now();
      const queue: CallQueue = {
        sid: sid('QU'),
        account,
        name,
        maxSize: MOST_WAITING,
        createdAt: now,
        updatedAt: now,
        members: [],
        waits: [],
      };
      all.set(queue.sid, queue);
      return queue;
    },
    join(queue, call) {
      if (queue.members.length >= queue.maxSize) return null;
      const member = { call, since: world.now() };
      queue.members.push(member);
      return member;
    },
    leave(queue, member) {
      queue.members = queue.members.filter((one) => one !== member);
      queue.waits.push(waited(member));
      if (queue.waits.length > MOST_WAITING) queue.waits.shift();
    },
    fieldsOf: (queue, member) => ({
      QueueSid: queue.sid,
      QueuePosition: String(queue.members.indexOf(member) + 1),
      QueueTime: String(waited(member)),
      AvgQueueTime: String(averageWait(queue)),
      CurrentQueueSize: String(queue.members.length),
    }),
  };
}

/** Whole seconds. */
export function averageWait({ waits }: CallQueue): number {
  return waits.length === 0 ? 0 : Math.round(waits.reduce((sum, seconds) => sum + seconds, 0) / waits.length);
}
