import type { City } from '../contract/city.ts';
import type { Message } from '../contract/message.ts';
import type { RunningServer } from '../main.ts';
import type { ConsoleApi } from './operators/console-api.ts';
import type { Operator } from './operators/seated.ts';
import type { Arrival } from './plan/plan-day.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Somebody who turned to the city, as they are seen by who plays the day. */
export interface Contact {
  readonly arrival: Arrival;
  /** They are told something. They may do something about it later, never at once. */
  hears(message: Message): void;
}

/** A contact by telephone: what is said on it is no message. */
export interface Caller extends Contact {
  hangUp(): void;
  isOver(): boolean;
  /** Somebody whom they hear is on the line. */
  isTalking(): boolean;
  /** The call at the telephone company. */
  readonly sid: string;
}

/** Where a sample day is played. */
export interface Stage {
  server: RunningServer;
  url: string;
  city: City;
  time: VirtualTime;
  /** Who does something at this moment: a ticket that begins now is theirs, since there is never more than one. */
  speaking: Contact | null;
  /** By ticket. */
  contacts: Map<string, Contact>;
  /** Something that could not be done because somebody else was faster, as happens in every contact centre. */
  missed: Map<string, number>;
  /** Who came so far. */
  arrived: number;
  /** Operators, by their id. */
  operators: Map<string, Operator>;
  supervisors: ConsoleApi[];
  /** Causes of many contacts that a supervisor has named. */
  incidents: { id: string; topicId: string; coloniaIds: readonly string[]; isOpen: boolean }[];
  /** When people of other queues were last asked to help in one. */
  overflows: Map<string, Date>;
}

export const createStage = (parts: Pick<Stage, 'server' | 'url' | 'city' | 'time'>): Stage => ({
  ...parts,
  speaking: null,
  contacts: new Map(),
  missed: new Map(),
  arrived: 0,
  operators: new Map(),
  supervisors: [],
  incidents: [],
  overflows: new Map(),
});

export function noteMissed(stage: Stage, what: string): void {
  stage.missed.set(what, (stage.missed.get(what) ?? 0) + 1);
}
