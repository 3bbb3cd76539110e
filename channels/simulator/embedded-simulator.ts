import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { CityAccount, MessagingAccount, Template } from '../../server/contract/messaging.ts';
import { createSimulator, type Simulator } from './create-simulator.ts';
import type { SamplePlace } from './screen/screen-api.ts';
import type { ScreenCity } from './screen/screen-page.ts';
import { screenRoutes } from './screen/screen-routes.ts';
import type { Timers } from './world/timers.ts';

export interface EmbeddedOptions {
  /** How providers know the server, and where it is; asked when it is needed. */
  serverUrl(): string;
  reachServerAt(): string;
  clock?: { now(): Date };
  timers?: Timers;
}

/** What the page shows of the city. */
export interface EmbeddedCity {
  city: ScreenCity & { templates: readonly Template[]; places: SamplePlace[] };
  /** Where the screens are built: `dist`. */
  dist: string;
}

/** The simulator inside of a server: it starts with the first account that needs it. */
export interface EmbeddedSimulator {
  /** Opens an account at the emulated providers. */
  simulate(account: CityAccount): Promise<MessagingAccount['settings']>;
  /** The page `/simulator`, for a server that has simulated accounts; null for any other. */
  routes(of: EmbeddedCity): ((app: FastifyInstance) => Promise<void>) | null;
  running(): Simulator | null;
  stop(): Promise<void>;
}

export function createEmbeddedSimulator({
  serverUrl,
  reachServerAt,
  clock,
  timers,
}: EmbeddedOptions): EmbeddedSimulator {
  let starting: Promise<Simulator> | null = null;
  let simulator: Simulator | null = null;
  let templates: readonly Template[] = [];
  return {
    async simulate(account) {
      starting ??= createSimulator({
        serverUrl,
        reachServerAt,
        templates: () => templates,
        forgot: true,
        ...(clock ? { clock } : {}),
        ...(timers ? { timers } : {}),
      });
      simulator = await starting;
      return simulator.settingsFor(account);
    },
    routes({ city, dist }) {
      templates = city.templates;
      const running = simulator;
      if (!running) return null;
      return (app) =>
        screenRoutes(app, { simulator: running, city, places: city.places, built: join(dist, 'simulator') });
    },
    running: () => simulator,
    stop: async () => simulator?.stop(),
  };
}
