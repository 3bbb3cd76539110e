import type { FastifyInstance } from 'fastify';
import type { Journey } from './delivery/journey.ts';
import type { Postman } from './delivery/postman.ts';
import type { SimulatedMessage } from './world/message.ts';
import type { SimulatedAccount, World } from './world/world.ts';

/** What an emulated provider is made of. */
export interface ProviderParts {
  world: World;
  postman: Postman;
  journey: Journey;
  /** Where the providers themselves answer. */
  ownUrl(): string;
  /** The city's server as its providers know it, with a path below it. */
  cityUrl(path: string): string;
  /** Where a URL of the city really is. */
  reach(url: string): string;
}

/** Something that happened on a telephone after its message. */
export type Afterthought =
  | { kind: 'reaction'; emoji: string | null }
  | { kind: 'edited'; text: string }
  | { kind: 'deleted' };

/** One of the companies that carry messages. */
export interface Provider {
  routes(app: FastifyInstance): void;
  /** Somebody wrote. */
  tell(account: SimulatedAccount, message: SimulatedMessage): void;
  /** The status of a message of the city changed. */
  report(account: SimulatedAccount, message: SimulatedMessage): void;
  /** Something was done to a message, theirs or the city's. Null: this provider tells nobody of it. */
  recall: ((account: SimulatedAccount, message: SimulatedMessage, what: Afterthought) => void) | null;
}
