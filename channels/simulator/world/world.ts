import { EventEmitter } from 'node:events';
import type { CityAccount, MessagingAccount, Template } from '../../../server/contract/messaging.ts';
import { createFiles, type Files } from './files.ts';
import { createIdentifiers, type Identifiers } from './identifiers.ts';
import type { SimulatedMessage } from './message.ts';
import { dialled, type NewPerson, type Person, sampleCast, waIdOf } from './person.ts';
import type { Timers } from './timers.ts';
import { createWireLog, type Exchange, type WireLog } from './wire-log.ts';

/** An account of the city at an emulated provider. */
export type SimulatedAccount = CityAccount & Pick<MessagingAccount, 'settings'>;

interface WorldEvents {
  message: [SimulatedMessage];
  status: [SimulatedMessage];
  person: [Person];
  exchange: [Exchange];
  /** By its id at the telephone company. */
  call: [sid: string];
}

/** All that the providers and the telephones know. In memory, and bounded. */
export interface World {
  now(): Date;
  random(): number;
  timers: Timers;
  identifiers: Identifiers;
  files: Files;
  wire: WireLog;
  events: EventEmitter<WorldEvents>;
  accounts: Map<string, SimulatedAccount>;
  readonly templates: readonly Template[];
  people: Map<string, Person>;
  addPerson(person: NewPerson): Person;
  personByPhone(number: string): Person | undefined;
  /** Oldest first. */
  messages: Map<string, SimulatedMessage>;
  addMessage(message: SimulatedMessage): SimulatedMessage;
  /** When they wrote last; null: never, as far as the provider remembers. */
  lastWord(accountId: string, personId: string): Date | null;
  setLastWord(accountId: string, personId: string, at: Date): void;
  /** Accounts that somebody wants to hear nothing more from: blocked, or by STOP. */
  shut: Set<string>;
}

export interface WorldOptions {
  secret: string;
  now(): Date;
  random(): number;
  timers: Timers;
  templates(): readonly Template[];
  /** Whom the provider takes for having just written, although it forgot: it started after its server. */
  forgot: boolean;
}

const MOST_MESSAGES = 5_000;
const MOST_PEOPLE = 2_000;

export const between = (accountId: string, personId: string): string => `${accountId} ${personId}`;

export function createWorld({ secret, now, random, timers, templates, forgot }: WorldOptions): World {
  const identifiers = createIdentifiers(secret);
  const events = new EventEmitter<WorldEvents>().setMaxListeners(200);
  const people = new Map<string, Person>();
  const messages = new Map<string, SimulatedMessage>();
  const lastWords = new Map<string, Date>();
  const began = now();

  function addPerson({ id = identifiers.fresh().slice(0, 12), name, phone, username }: NewPerson): Person {
    const number = phone === null ? null : dialled(phone);
    const person: Person = {
      id,
      name,
      phone: number && `+${number}`,
      waId: number && waIdOf(number),
      username: username ?? null,
      bsuid: `MX.${identifiers.digits(`bsuid ${id}`, 17)}`,
      psid: identifiers.digits(`psid ${id}`, 16),
      igsid: identifiers.digits(`igsid ${id}`, 16),
      phoneIsOff: false,
    };
    people.set(id, person);
    dropOldest(people, MOST_PEOPLE);
    events.emit('person', person);
    return person;
  }

  for (const person of sampleCast) addPerson(person);

  return {
    now,
    random,
    timers,
    identifiers,
    files: createFiles(identifiers),
    wire: createWireLog(now, (exchange) => events.emit('exchange', exchange)),
    events,
    accounts: new Map(),
    get templates() {
      return templates();
    },
    people,
    addPerson,
    personByPhone: (number) => [...people.values()].find(({ phone }) => phone === `+${dialled(number)}`),
    messages,
    addMessage(message) {
      messages.set(message.id, message);
      dropOldest(messages, MOST_MESSAGES);
      events.emit('message', message);
      return message;
    },
    lastWord: (accountId, personId) => lastWords.get(between(accountId, personId)) ?? (forgot ? began : null),
    setLastWord(accountId, personId, at) {
      lastWords.set(between(accountId, personId), at);
      dropOldest(lastWords, MOST_PEOPLE);
    },
    shut: new Set(),
  };
}

function dropOldest(from: Map<string, unknown>, most: number): void {
  const [oldest] = from.keys();
  if (from.size > most && oldest !== undefined) from.delete(oldest);
}
