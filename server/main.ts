import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createBot } from '../bots/index.ts';
import { createLanguageModel, type LanguageModel } from '../bots/language-model/open-ai.ts';
import { createTranslator } from '../bots/language-model/translate.ts';
import { createTranscriber } from '../bots/speech/open-ai-speech.ts';
import { renderFolioPage } from '../channels/chat/page/render-folio-page.ts';
import { renderResidentPage } from '../channels/chat/page/render-resident-page.ts';
import { channels, lines, messagingChannels, telephones, webhookDoors } from '../channels/index.ts';
import type { Simulator } from '../channels/simulator/create-simulator.ts';
import {
  createEmbeddedSimulator,
  type EmbeddedCity,
  type EmbeddedSimulator,
} from '../channels/simulator/embedded-simulator.ts';
import type { Timers } from '../channels/simulator/world/timers.ts';
import { BOT_FRAMEWORK_ACCOUNT, createBotFrameworkHost } from './botframework/botframework-host.ts';
import { createCallHost } from './calls/call-host.ts';
import { iceServersFor } from './calls/ice-servers.ts';
import { WEB_CALLS_ACCOUNT } from './calls/lines.ts';
import { findWebCall, webRecordings } from './calls/web-call.ts';
import { CityError } from './city/city-error.ts';
import { firstStart, printSignIns, type SampleSignIns } from './city/first-start.ts';
import { readHoldMusic } from './city/hold-music.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type AppContext, type ContextInput, createContext } from './context.ts';
import { rooms } from './contract/socket.ts';
import type { Transcriber } from './contract/speech.ts';
import type { Translator } from './contract/translation.ts';
import { DataDirectoryInUseError } from './database/data-directory-lock.ts';
import { startEmbeddedPostgres } from './database/embedded-postgres.ts';
import { ringCursorChannels } from './delivery/deliver.ts';
import { checks } from './doctor.ts';
import { createEmailHost } from './email/email-host.ts';
import { EMAIL_ACCOUNT } from './email/mailboxes.ts';
import { createHttpApp } from './http/http-app.ts';
import { registerRoutes } from './http/routes/index.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { startReconciler } from './jobs/reconciler.ts';
import { startWorkers } from './jobs/workers.ts';
import { createLog } from './log.ts';
import { createMessagingHost } from './messaging/messaging-host.ts';
import { pushAnnouncements } from './realtime/announcement-push.ts';
import { pushBoard } from './realtime/board-push.ts';
import { pushBroadcasts } from './realtime/broadcast-push.ts';
import { pushCalls } from './realtime/call-push.ts';
import { callSockets, serveCalls } from './realtime/call-sockets.ts';
import { pushCases } from './realtime/case-push.ts';
import { pushToChat } from './realtime/chat-push.ts';
import { serveConsole } from './realtime/console-namespace.ts';
import { pushToConsole } from './realtime/console-push.ts';
import { pushFollowUps } from './realtime/follow-up-push.ts';
import { createSockets, type Sockets } from './realtime/socket-server.ts';
import { pushTeam } from './realtime/team-push.ts';
import { createChatHost } from './residents/chat-host.ts';
import { CHAT_ACCOUNT } from './residents/chat-page.ts';
import { stopInTime, stopSignals } from './stop-signals.ts';

export interface RunningServer {
  /** `http://host:port` it answers on. */
  url: string;
  context: AppContext;
  /** The city's sample people, on the start that made them. */
  sampleSignIns: SampleSignIns | null;
  /** The emulated providers of accounts that have no settings; null where there are none. */
  simulator: Simulator | null;
  /** One look for what should be under way and is not; by itself every two seconds, unless told otherwise. */
  reconcile(): Promise<void>;
  /** Finishes what is under way, then lets go of everything. */
  stop(): Promise<void>;
}

export interface ServerOverrides extends Partial<ContextInput> {
  /** By which time passes in the emulated providers. */
  simulatorTimers?: Timers;
  /** Nothing recurs by itself: where time is simulated, whoever does says when the server looks for lost work. */
  stepped?: boolean;
}

/**
 * Starts the whole contact centre.
 * @throws ConfigError, CityError, DataDirectoryInUseError
 */
export async function startServer(
  config: Config,
  { simulatorTimers, stepped = false, ...overrides }: ServerOverrides = {},
): Promise<RunningServer> {
  const log = overrides.log ?? createLog(config.LOG_LEVEL);
  const embedded = config.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log: (line) => log.info(line) });
  let url = `http://localhost:${config.PORT}`;
  const simulator = createEmbeddedSimulator({
    serverUrl: () => config.PUBLIC_URL ?? url,
    reachServerAt: () => url,
    ...(overrides.clock ? { clock: overrides.clock } : {}),
    ...(simulatorTimers ? { timers: simulatorTimers } : {}),
  });
  try {
    const context = await createContext({
      config,
      log,
      databaseUrl: config.DATABASE_URL ?? embedded?.url ?? '',
      publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
      bot: createBot(languageModelOf(config, log)),
      transcriber: transcriberOf(config, log),
      translator: translatorOf(config, log),
      simulate: simulator.simulate,
      checks,
      ...overrides,
    });
    const sampleSignIns = await firstStart(context);
    const server = await assemble(context, simulator, stepped);
    url = server.url;
    return {
      url,
      context,
      sampleSignIns,
      simulator: simulator.running(),
      reconcile: server.reconcile,
      async stop() {
        await server.stop();
        await simulator.stop();
        await context.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await simulator.stop();
    await embedded?.stop();
    throw error;
  }
}

function languageModelOf(config: Config, log: Logger): LanguageModel | null {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey, LLM_TIMEOUT_MS: timeoutMs } = config;
  if (!baseUrl || !model) return null;
  const failed = (error: unknown) => log.warn({ err: error }, 'the language model did not help');
  return createLanguageModel({ baseUrl, model, timeoutMs, ...(apiKey ? { apiKey } : {}) }, failed);
}

/** A whole mail takes longer than a turn of the bot, and somebody waits for it who sees that it takes its time. */
const TRANSLATION = { timeoutMs: 20_000, mostTokens: 4_000 };

/** A client of its own: a translation that fails does not keep the bot from being advised. */
function translatorOf(config: Config, log: Logger): Translator | null {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey } = config;
  if (!baseUrl || !model) return null;
  const failed = (error: unknown) => log.warn({ err: error }, 'nothing was translated');
  return createTranslator(
    createLanguageModel({ baseUrl, model, ...TRANSLATION, ...(apiKey ? { apiKey } : {}) }, failed),
  );
}

function transcriberOf(config: Config, log: Logger): Transcriber | null {
  const {
    SPEECH_BASE_URL: baseUrl,
    SPEECH_MODEL: model,
    SPEECH_API_KEY: apiKey,
    SPEECH_TIMEOUT_MS: timeoutMs,
  } = config;
  if (!baseUrl || !model) return null;
  const failed = (error: unknown) => log.warn({ err: error }, 'a voice note was not transcribed');
  return createTranscriber({ baseUrl, model, timeoutMs, ...(apiKey ? { apiKey } : {}) }, failed);
}

/** Puts the parts together around a context, in the order in which each needs the one before. */
async function assemble(
  context: AppContext,
  simulator: EmbeddedSimulator,
  stepped: boolean,
): Promise<Pick<RunningServer, 'url' | 'reconcile' | 'stop'>> {
  const { config, city, log, bus, ingest } = context;
  let draining = false;

  const app = await createHttpApp(context);
  const sockets = createSockets(app.server, config, log);
  const host = createChatHost(context, (conversationId, typing) => {
    sockets.console.to(rooms.conversation(conversationId)).emit('citizen.typing', { conversationId, typing });
  });
  const chat = channels.chat(sockets.chat, host, {
    messagesPerSecond: config.CHAT_MESSAGES_PER_SECOND,
    messagesPerSecondPerAddress: config.CHAT_MESSAGES_PER_SECOND_PER_ADDRESS,
    connectionsPerAddress: config.CHAT_CONNECTIONS_PER_ADDRESS,
  });
  context.channels.set(chat.name, chat as never);
  const email = channels.email(createEmailHost(context), {
    mailboxes: city.mailboxes,
    accounts: context.mail,
    installation: city.id,
    senders: config.MAIL_CHECK_SENDERS
      ? { ...(config.MAIL_DNS_SERVERS ? { dnsServers: config.MAIL_DNS_SERVERS.split(',') } : {}) }
      : null,
    log,
  });
  context.channels.set(email.name, email as never);
  context.letters.carriedBy(email);

  const botFramework = channels.botframework(createBotFrameworkHost(context), {
    appId: config.MICROSOFT_APP_ID,
    password: config.MICROSOFT_APP_PASSWORD,
    type: config.MICROSOFT_APP_TYPE,
    tenantId: config.MICROSOFT_APP_TENANT_ID,
  });
  context.channels.set(botFramework.name, botFramework as never);
  const voice = channels.voice();
  context.channels.set(voice.name, voice as never);

  let url = `http://localhost:${config.PORT}`;
  const publicUrl = () => config.PUBLIC_URL ?? url;
  for (const channel of messagingChannels(createMessagingHost(context, publicUrl), context.accounts)) {
    context.channels.set(channel.name, channel as never);
  }

  const twilioVoice = telephones({
    accounts: context.accounts,
    host: createCallHost(context),
    publicUrl,
    music: await readHoldMusic(join(config.root, 'cities', config.CITY)),
    now: () => context.clock.now(),
    failed: (error) => log.error({ err: error }, 'a caller was asked to wait, because they could not be answered'),
  });
  for (const [accountId, line] of twilioVoice.lines) context.lines.set(accountId, line);
  const stopWebCalls = city.calls.web ? takeWebCalls(context, sockets) : null;
  const { viewers, stop: stopConsole } = serveConsole(context, sockets.console, sockets.chat);
  const stopFigures = pushToConsole(context, sockets.console);
  const stopBoard = pushBoard(context, sockets.console);
  const stopAnnouncements = pushAnnouncements(context, sockets.chat);
  pushCases(context, sockets.console);
  pushFollowUps(context, sockets.console);
  pushTeam(context, sockets.console);
  pushBroadcasts(context, sockets.console);
  pushCalls(context, sockets.console);
  pushToChat(context, sockets.chat);
  ringCursorChannels(bus, context.channels);

  const reconciler = startReconciler(context);
  if (stepped) await Promise.all([reconciler.stop(), context.search.stop(), context.content.settled()]);
  await registerRoutes(app, context, {
    viewers,
    reconciler,
    render: { home: renderResidentPage, folio: renderFolioPage },
    takeActivity: botFramework.take,
    doors: webhookDoors(context.accounts),
    telephones: twilioVoice,
    publicUrl,
    simulator: simulator.routes({ city: playedCity(city), dist: join(config.root, 'dist') }),
    draining: () => draining,
  });
  startWorkers(context.jobs, jobHandlers(context), log, context.content.settled());
  await chat.start?.((raw) => ingest.receive(CHAT_ACCOUNT, chat, raw));
  await email.start?.((raw) => ingest.receive(EMAIL_ACCOUNT, email, raw, raw.mailbox));
  await botFramework.start?.((raw) => ingest.receive(BOT_FRAMEWORK_ACCOUNT, botFramework, raw, raw.conversation.id));
  await app.listen({ port: config.PORT, host: config.HOST });

  const { port } = app.server.address() as AddressInfo;
  url = `http://localhost:${port}`;
  return {
    url,
    reconcile: () => reconciler.reconcile(),
    async stop() {
      draining = true;
      stopFigures();
      stopBoard();
      stopAnnouncements();
      stopWebCalls?.();
      await stopConsole();
      // Nobody new comes in; what was taken in is stored; then connections end, and clients find another server.
      await Promise.all([chat.stop?.(), email.stop?.(), botFramework.stop?.()]);
      await ingest.idle();
      await reconciler.stop();
      await sockets.close();
      await app.close();
    },
  };
}

/** Calls from the browser: their line, and the browsers' connections. @returns stops it */
function takeWebCalls(context: AppContext, sockets: Sockets): () => void {
  const { clock, config, database } = context;
  const host = createCallHost(context);
  const browsers = callSockets(sockets);
  const line = lines.web({
    host,
    sockets: browsers,
    now: () => clock.now(),
    findCall: (callId) => findWebCall(database.db, callId),
    iceServersFor: (who) => iceServersFor(config, who, clock.now()),
    recordings: webRecordings(context),
  });
  context.lines.set(WEB_CALLS_ACCOUNT, line);
  return serveCalls(context, { host, line, sockets: browsers }, sockets);
}

/** What of the city is played with. */
function playedCity({ name, contactName, accent, templates, places }: AppContext['city']): EmbeddedCity['city'] {
  const landmarks = places.landmarks.features.map(({ properties, geometry: { coordinates } }) => {
    const [longitude = 0, latitude = 0] = coordinates;
    return { label: properties.name, latitude, longitude };
  });
  return { name, contactName, color: accent, templates, places: landmarks };
}

/** Errors whose sentence is all that whoever starts the server needs. */
const PLAIN = [ConfigError, CityError, DataDirectoryInUseError];

async function main(): Promise<void> {
  const asked = stopSignals();
  let server: RunningServer;
  try {
    server = await startServer(readConfig());
  } catch (error) {
    const isPlain = PLAIN.some((kind) => error instanceof kind);
    process.stderr.write(`${isPlain ? (error as Error).message : ((error as Error).stack ?? error)}\n`);
    process.exit(1);
  }
  const { log, city } = server.context;
  if (server.sampleSignIns) printSignIns(server.sampleSignIns);
  const phones = server.simulator ? `  ·  telephones to play with: ${server.url}/simulator` : '';
  process.stdout.write(`\n${city.contactName}: ${server.url}  ·  console: ${server.url}/console${phones}\n\n`);
  log.info({ signal: await asked }, 'stopping');
  await stopInTime(server, log);
}

if (import.meta.main) await main();
