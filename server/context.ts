import type pg from 'pg';
import type { Logger } from 'pino';
import { type Announcements, createAnnouncements } from './board/announcements/announcements.ts';
import { createLiveBoard, type LiveBoard } from './board/live-board.ts';
import { createCaseDesk } from './cases/case-desk.ts';
import type { CaseParts } from './cases/case-parts.ts';
import { createCaseSecrets } from './cases/secret.ts';
import { deskContent } from './city/desk-content.ts';
import { loadCity } from './city/load-city.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Config, ConfigError } from './config.ts';
import { createLiveContent, type LiveContent } from './content/live-content.ts';
import type { Bot, Desk } from './contract/bot.ts';
import type { Capabilities, Channel, ChannelName } from './contract/channel.ts';
import type { City } from './contract/city.ts';
import type { MailAccount } from './contract/email.ts';
import type { MessagingAccount } from './contract/messaging.ts';
import type { Transcriber } from './contract/speech.ts';
import type { Translator } from './contract/translation.ts';
import type { VoiceLine } from './contract/voice.ts';
import { createSay, type Say } from './conversations/say.ts';
import { type Database, openDatabase } from './database/database.ts';
import { createUnitOfWork, type UnitOfWork } from './database/unit-of-work.ts';
import { type AccountPulse, createAccountPulse } from './delivery/account-pulse.ts';
import type { Channels } from './delivery/deliver.ts';
import { recordReport } from './delivery/record-report.ts';
import { createTraffic, type Traffic } from './delivery/traffic.ts';
import { createWindows, type Windows } from './delivery/window.ts';
import type { Checks } from './doctor/examine.ts';
import { createAcknowledge } from './email/acknowledge.ts';
import { createLetters, type Letters } from './email/letters.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import { type FileStore, openFileStore } from './files/file-store.ts';
import { createFileTokens, type FileTokens } from './files/file-tokens.ts';
import { createHeedWishes } from './ingest/heed-wishes.ts';
import { createIngest, type Ingest } from './ingest/ingest.ts';
import { type JobStore, openJobStore } from './jobs/job-store.ts';
import { createOutboxDispatcher, type OutboxDispatcher } from './jobs/outbox-dispatcher.ts';
import { isLoopback } from './loopback.ts';
import { readMailAccounts } from './mail-settings.ts';
import { readMessagingAccounts, type Simulate } from './messaging-settings.ts';
import { createInvitationLinks, type InvitationLinks } from './operators/invitation-links.ts';
import { createSignIn, type SignIn } from './operators/sign-in.ts';
import { cityBounds } from './places/city-bounds.ts';
import { createPlaces, type Places, type PlacesOptions } from './places/create-places.ts';
import { createGeocoder } from './places/geocoder.ts';
import { createResidentTickets, type ResidentTickets } from './residents/resident-ticket.ts';
import { createVisitorTokens, type VisitorTokens } from './residents/visitor-token.ts';
import { createOpenings, type Openings } from './routing/openings.ts';
import { createLiveFigures, type LiveFigures } from './routing/queue-figures.ts';
import { keepEntries, type SearchKeeper } from './search/keep-entries.ts';
import { installationSecret } from './secrets.ts';
import { createWebhookPromises, type WebhookPromises } from './webhooks-out/promise-deliveries.ts';
import { createWebhookSecrets, type WebhookSecrets } from './webhooks-out/secret.ts';

/** Everything a part may need, wired once by `createContext`. A part takes what it names, so a test can give less. */
export interface AppContext {
  config: Config;
  clock: Clock;
  log: Logger;
  /** As the console says now: never a copy of it. */
  city: City;
  database: Database;
  bus: EventBus;
  jobs: JobStore;
  outbox: OutboxDispatcher;
  unitOfWork: UnitOfWork;
  channels: Map<ChannelName, Channel<never>>;
  /** Lines that carry calls, by account. */
  lines: Map<string, VoiceLine>;
  ingest: Ingest;
  say: Say;
  windows: Windows;
  traffic: Traffic;
  pulse: AccountPulse;
  bot: Bot;
  desk: Desk;
  content: LiveContent;
  places: Places;
  files: FileStore;
  fileTokens: FileTokens;
  /** Listens to voice notes; null: nobody does. */
  transcriber: Transcriber | null;
  /** Puts what is said into another language; null: nobody does. */
  translator: Translator | null;
  signIn: SignIn;
  visitorTokens: VisitorTokens;
  /** Accounts of the city's mailboxes, by mailbox. */
  mail: ReadonlyMap<string, MailAccount>;
  /** What asks providers how an account fares. */
  checks: Checks | null;
  letters: Letters;
  /** The city's accounts on WhatsApp, SMS, Messenger and Instagram that can be used, by id. */
  accounts: ReadonlyMap<string, MessagingAccount>;
  openings: Openings;
  figures: LiveFigures;
  /** Keeps what is searched up to what is stored. */
  search: SearchKeeper;
  board: LiveBoard;
  announcements: Announcements;
  residentTickets: ResidentTickets;
  cases: CaseParts;
  /** What other programs are told. */
  webhooks: WebhookPromises;
  webhookSecrets: WebhookSecrets;
  invitationLinks: InvitationLinks;
  /** Releases connections, in the reverse order. */
  close(): Promise<void>;
}

export interface ContextInput {
  config: Config;
  log: Logger;
  databaseUrl: string;
  publicUrl: string;
  bot: Bot;
  transcriber?: Transcriber | null;
  translator?: Translator | null;
  clock?: Clock;
  /** In place of the one that the settings name, which then ends with the context. */
  jobs?: JobStore;
  city?: City;
  /** Gets the connections to the database before the first is made. */
  onPool?: (pool: pg.Pool) => void;
  /** What asks providers how an account fares; absent: nobody does. */
  checks?: Checks;
  /** Asked only for accounts that may be simulated; absent: none is. */
  simulate?: Simulate;
}

/** Connects to database and job store, brings both up to date, and wires the parts. Starts no work by itself. */
export async function createContext(input: ContextInput): Promise<AppContext> {
  const { config, log, databaseUrl } = input;
  const clock = input.clock ?? systemClock;
  const base = input.city ?? (await loadCity(`${config.root}/cities/${config.CITY}`));
  const database = await openDatabase(databaseUrl, undefined, input.onPool).catch(explainDatabase);
  const secret = config.SECRET ?? (await installationSecret(database.db, clock.now()));
  const bus = createEventBus(log);
  const content = createLiveContent({
    db: database.db,
    city: base,
    log,
    learn: (utterances) => input.bot.prepare?.({ ...desk, utterances }),
  });
  const { city } = content;
  const jobs = input.jobs ?? (await openJobStore(databaseUrl, config.REDIS_URL, log));
  const outbox = createOutboxDispatcher(database, jobs, clock, log);
  const webhooks = createWebhookPromises(database.db);
  const unitOfWork = createUnitOfWork(database, bus, clock, outbox.kick, webhooks.promise);
  const channels: Map<ChannelName, Channel<never>> = new Map();
  const capabilitiesOf = (name: ChannelName, accountId: string): Capabilities | undefined => {
    const channel = (channels as Channels).get(name);
    return channel?.capabilitiesOf?.(accountId) ?? channel?.capabilities;
  };
  const windows = createWindows(capabilitiesOf, city);
  const say = createSay(
    (name, accountId) => capabilitiesOf(name, accountId) ?? { delivery: 'push', notices: true },
    windows,
  );
  const accounts = await messagingAccounts(config, city, input.simulate);
  const pulse = createAccountPulse(database.db, clock, log);
  const places = createPlaces(city, geocoding(config, city, input.publicUrl, log));
  const cases: CaseParts = {
    city,
    places,
    secrets: createCaseSecrets(secret),
    say,
    windows,
    phrase: (...asked) => desk.phrase(...asked),
    publicUrl: input.publicUrl,
  };
  const caseDesk = createCaseDesk({ db: database.db, unitOfWork, clock, cases });
  const desk = deskContent(city, () => clock.now(), caseDesk, content);
  await Promise.all([content.refresh(), webhooks.refresh()]);
  const openings = createOpenings(database.db, clock, city);
  const figures = createLiveFigures(database.db, clock);
  const search = keepEntries({ database, bus, log });
  const announcements = createAnnouncements(database.db, clock);
  const mail = mailAccounts(config, city);
  const board = createLiveBoard({ database, city, accounts, mail, clock, figures, openings, jobs, announcements });
  bus.subscribe('configuration.changed', (what) => {
    if (what === 'announcements') announcements.refresh();
    board.refresh();
    if (what === 'queues') openings.refresh();
    if (what === 'content') return content.refresh();
  });
  const ingest = createIngest({
    unitOfWork,
    city,
    log,
    report: (accountId, status) => recordReport(unitOfWork, accountId, status),
    received: pulse.received,
    acknowledge: createAcknowledge(city, desk, say),
    heedWishes: createHeedWishes(desk, say),
  });

  return {
    config,
    clock,
    log,
    city,
    database,
    bus,
    jobs,
    outbox,
    unitOfWork,
    channels,
    lines: new Map(),
    ingest,
    say,
    windows,
    traffic: createTraffic(clock, (accountId) => accounts.get(accountId)?.messagesPerSecond),
    pulse,
    bot: input.bot,
    desk,
    content,
    places,
    files: await openFileStore(config),
    fileTokens: createFileTokens(secret, clock),
    transcriber: input.transcriber ?? null,
    translator: input.translator ?? null,
    signIn: createSignIn(database.pool, {
      secret,
      publicUrl: input.publicUrl,
      issuer: city.contactName,
      oidc: oidcOf(config),
    }),
    visitorTokens: createVisitorTokens(secret),
    mail,
    checks: input.checks ?? null,
    letters: createLetters(city, mail),
    accounts,
    openings,
    figures,
    search,
    board,
    announcements,
    cases,
    webhooks,
    webhookSecrets: createWebhookSecrets(secret),
    invitationLinks: createInvitationLinks(secret, input.publicUrl),
    residentTickets: createResidentTickets(database.db, openings, figures.expectedWait),
    async close() {
      await ingest.idle();
      await search.stop();
      await outbox.stop();
      await jobs.close();
      await pulse.idle();
      await database.close();
    },
  };
}

function oidcOf({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Config) {
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET };
}

function geocoding({ GEOCODER_URL }: Config, city: City, publicUrl: string, log: Logger): PlacesOptions {
  if (!GEOCODER_URL) return {};
  return {
    geocoder: createGeocoder({
      url: GEOCODER_URL,
      bounds: cityBounds(city),
      country: city.country,
      userAgent: `Linea-Ciudadana (${publicUrl})`,
      report: (error) => log.warn({ err: error }, 'the geocoder could not be asked'),
    }),
  };
}

/** @throws ConfigError one line naming every bad key */
function mailAccounts(config: Config, city: City): Map<string, MailAccount> {
  const problems: string[] = [];
  const accounts = readMailAccounts(
    config.mail,
    city.mailboxes.map(({ id }) => id),
    problems,
  );
  if (problems.length > 0) throw new ConfigError(`Settings to correct: ${problems.join(', ')}`);
  return accounts;
}

/** @throws ConfigError one line naming every bad key */
async function messagingAccounts(
  config: Config,
  city: City,
  simulate: Simulate | undefined,
): Promise<Map<string, MessagingAccount>> {
  const { PUBLIC_URL, SIMULATOR, messaging } = config;
  // What a city shows to the world is never mixed with what newcomers play.
  const isPrivate = PUBLIC_URL === undefined || isLoopback(new URL(PUBLIC_URL).hostname);
  const problems: string[] = [];
  const mayPlay = isPrivate && SIMULATOR === 'auto';
  const accounts = await readMessagingAccounts(messaging, city.accounts, problems, (mayPlay && simulate) || null);
  if (problems.length > 0) throw new ConfigError(`Settings to correct: ${problems.join(', ')}`);
  return accounts;
}

/** What is wrong with where the database should be, by the code of the network or of PostgreSQL. */
const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  '28P01': 'it refuses the password',
  '28000': 'it refuses the user',
  '3D000': 'it has no such database',
};

/** @throws ConfigError for what the setting can mend, else the error itself */
function explainDatabase(error: Error & { code?: string }): never {
  const reason = UNREACHABLE[error.code ?? ''];
  throw reason ? new ConfigError(`DATABASE_URL does not lead to a PostgreSQL: ${reason} (${error.code}).`) : error;
}
