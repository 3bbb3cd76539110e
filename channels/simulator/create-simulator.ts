import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import type { CityAccount, MessagingAccount, Template } from '../../server/contract/messaging.ts';
import { createJourney } from './delivery/journey.ts';
import { createPostman } from './delivery/postman.ts';
import type { Trouble } from './delivery/trouble.ts';
import { createMeta } from './meta/meta-provider.ts';
import { createPhone, type Phone } from './phone/phone.ts';
import type { ProviderParts } from './provider.ts';
import { sufferTrouble } from './twilio/suffer-trouble.ts';
import { createTwilio } from './twilio/twilio-provider.ts';
import { createTelephony } from './voice/create-telephony.ts';
import { createOperatorTelephones, type OperatorTelephone } from './voice/phone/operator-telephone.ts';
import { voiceRoutes } from './voice/rest/voice-routes.ts';
import type { Telephony } from './voice/telephony.ts';
import { logCalls } from './wire/log-calls.ts';
import { settingsOf } from './world/account-settings.ts';
import type { SimulatedMessage } from './world/message.ts';
import type { NewPerson, Person } from './world/person.ts';
import { systemTimers, type Timers } from './world/timers.ts';
import { createWorld, type World } from './world/world.ts';

export interface SimulatorOptions {
  /** The city's server as its settings name it (`PUBLIC_URL`): what webhooks are signed for. */
  serverUrl: string | (() => string);
  /** Where that server really answers, if that is elsewhere. */
  reachServerAt?: () => string;
  /** What the providers have approved. */
  templates?: () => readonly Template[];
  clock?: { now(): Date };
  timers?: Timers;
  /** From 0 up to, not including, 1. */
  random?: () => number;
  /** From which ids and secrets of the accounts are made; another one each time unless given. */
  secret?: string;
  /** Where the providers answer. */
  port?: number;
  host?: string;
  /** It takes everybody for having written when it started: its server remembers what it does not. */
  forgot?: boolean;
}

/** Twilio and Meta at the network, and the telephones of residents. */
export interface Simulator {
  /** Where the providers answer. */
  url: string;
  /** Opens the account at its provider, and says how to use it. */
  settingsFor(account: CityAccount): MessagingAccount['settings'];
  /** Somebody's telephone, with that account of the city open on it. @throws PhoneError */
  phone(personId: string, accountId: string): Phone;
  person(person: NewPerson): Person;
  /** What is done to webhooks from now on; what is not named stays as it is. */
  trouble(trouble?: Partial<Trouble>): Trouble;
  messages(): SimulatedMessage[];
  /** An operator's telephone at the emulated Twilio, by the identity of its client: it answers at once. */
  telephone(identity: string, name?: string): OperatorTelephone;
  telephony: Telephony;
  on(event: 'message' | 'status', listener: (message: SimulatedMessage) => void): () => void;
  /** Resolves once no webhook is under way; what waits for a timer does not count. */
  quiet(): Promise<void>;
  world: World;
  stop(): Promise<void>;
}

const LONGEST_BODY = 110 * 1024 * 1024;

/** Starts the emulated providers on a port of their own. */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock = { now: () => new Date() }, secret = randomBytes(32).toString('hex'), serverUrl } = options;
  const knownAs = () => (typeof serverUrl === 'string' ? serverUrl : serverUrl()).replace(/\/$/, '');
  const world = createWorld({
    secret,
    now: () => clock.now(),
    random: options.random ?? Math.random,
    timers: options.timers ?? systemTimers,
    templates: options.templates ?? (() => []),
    forgot: options.forgot ?? false,
  });
  let url = '';
  const reach = (target: string) => reached(target, knownAs(), options.reachServerAt?.() ?? knownAs());
  const postman = createPostman(world, reach);
  const journey = createJourney(world, (message) => {
    const account = world.accounts.get(message.accountId);
    if (account) providers[account.provider].report(account, message);
  });
  const parts: ProviderParts = {
    world,
    postman,
    journey,
    ownUrl: () => url,
    cityUrl: (path) => `${knownAs()}${path}`,
    reach,
  };
  const telephony = createTelephony(parts);
  const providers = { twilio: createTwilio(parts), meta: createMeta(parts) };

  const app = Fastify({ bodyLimit: LONGEST_BODY, forceCloseConnections: true, routerOptions: { maxParamLength: 300 } });
  logCalls(app, world.wire);
  for (const provider of ['twilio', 'meta'] as const) {
    await app.register(async (scope) => {
      await takeBodies(scope);
      if (provider === 'twilio') {
        scope.addHook('onRequest', () => sufferTrouble(world, postman));
        voiceRoutes(scope, telephony);
      }
      providers[provider].routes(scope);
    });
  }
  await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  return {
    url,
    settingsFor(account) {
      const settings = settingsOf(account, world.identifiers, url);
      world.accounts.set(account.id, { ...account, settings });
      return settings;
    },
    phone(personId, accountId) {
      const person = world.people.get(personId);
      const account = world.accounts.get(accountId);
      if (!person || !account) throw new RangeError(`no such telephone: ${personId} with ${accountId}`);
      return createPhone(world, journey, providers[account.provider], telephony, account, person);
    },
    person: (person) => world.addPerson(person),
    trouble(trouble = {}) {
      postman.trouble = { ...postman.trouble, ...trouble };
      return postman.trouble;
    },
    telephone: createOperatorTelephones(telephony),
    telephony,
    messages: () => [...world.messages.values()],
    on(event, listener) {
      world.events.on(event, listener);
      return () => world.events.off(event, listener);
    },
    quiet: () => postman.quiet(),
    world,
    async stop() {
      telephony.stop();
      journey.stop();
      postman.stop();
      await app.close();
    },
  };
}

/** Forms as they come, JSON, and forms with files. */
async function takeBodies(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { limits: { fileSize: LONGEST_BODY, files: 1 } });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
}

/** A URL of the city's server, where it really is. */
function reached(target: string, known: string, real: string): string {
  return target.startsWith(`${known}/`) ? `${real.replace(/\/$/, '')}${target.slice(known.length)}` : target;
}
