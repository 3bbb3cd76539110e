import type { FastifyPluginAsync } from 'fastify';
import type { AppContext } from '../../context.ts';
import type { Viewers } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { WebhookDoor } from '../../contract/messaging.ts';
import type { RenderPages } from '../../contract/pages.ts';
import type { VoiceDoor, VoiceTune } from '../../contract/voice.ts';
import { addDashboard } from '../../jobs/dashboard.ts';
import type { Reconciler } from '../../jobs/reconciler.ts';
import { headersOf, signedIn } from '../../operators/signed-in.ts';
import { createFolioDesk } from '../../residents/folio-desk.ts';
import { answerError } from '../errors.ts';
import type { HttpApp } from '../http-app.ts';
import { createRegister } from '../register.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { articleRoutes } from './articles.ts';
import { boardRoutes } from './board.ts';
import { botFrameworkRoutes, type TakeActivity } from './bot-framework.ts';
import { broadcastRoutes } from './broadcasts.ts';
import { callRoutes } from './calls.ts';
import { caseRoutes } from './cases.ts';
import { channelAccountRoutes } from './channel-accounts.ts';
import { citizenRoutes } from './citizens.ts';
import { contentRoutes } from './content.ts';
import { dataRoutes } from './data.ts';
import { emailRoutes } from './email.ts';
import { fileRoutesOf } from './files.ts';
import { folioRoutes } from './folio.ts';
import { folioPageRoutes } from './folio-page.ts';
import { healthRoutes } from './health.ts';
import { inboxRoutes } from './inbox.ts';
import { incidentRoutes } from './incidents.ts';
import { learningRoutes } from './learning.ts';
import { macroRoutes } from './macros.ts';
import { offerRoutes } from './offers.ts';
import { open311 } from './open311.ts';
import { pageRoutes } from './pages.ts';
import { peopleRoutes } from './people.ts';
import { placeRoutes } from './places.ts';
import { publicFileRoutes } from './public-files.ts';
import { queueRoutes } from './queues.ts';
import { recordingRoutes } from './recordings.ts';
import { reportRoutes } from './reports.ts';
import { routingRoutes } from './routing.ts';
import { sampleDayRoutes } from './sample-day.ts';
import { sessionRoutes } from './session.ts';
import { signInWayRoutes } from './sign-in-ways.ts';
import { ticketRoutes } from './tickets.ts';
import { voiceDoorRoutes } from './voice-doors.ts';
import { webhooks } from './webhooks.ts';
import { webhookOutRoutes } from './webhooks-out.ts';

export interface RouteParts {
  viewers: Viewers;
  reconciler: Reconciler;
  render: RenderPages;
  takeActivity: TakeActivity;
  /** Where providers bring what happened. */
  doors: readonly WebhookDoor[];
  /** Where they ask what a caller hears, and what is played to whoever waits. */
  telephones: { doors: readonly VoiceDoor[]; tune: VoiceTune | null };
  /** How providers know this server. */
  publicUrl: () => string;
  /** The page of the simulated telephones, where there are any. */
  simulator: FastifyPluginAsync | null;
  draining: () => boolean;
}

/** Every path the server answers. */
export async function registerRoutes(app: HttpApp, context: AppContext, parts: RouteParts): Promise<void> {
  const register = createRegister(app, context);
  const folios = createFolioDesk(context);
  sessionRoutes(register, context);
  inboxRoutes(register, context);
  ticketRoutes(register, context, parts.viewers);
  offerRoutes(register, context);
  callRoutes(register, context);
  await recordingRoutes(app, context);
  peopleRoutes(register, context);
  signInWayRoutes(app, register, context);
  queueRoutes(register, context);
  routingRoutes(register, context);
  citizenRoutes(register, context);
  macroRoutes(register, context);
  contentRoutes(register, context);
  articleRoutes(register, context);
  learningRoutes(register, context);
  boardRoutes(register, context);
  incidentRoutes(register, context);
  reportRoutes(app, register, context);
  channelAccountRoutes(register, context);
  caseRoutes(register, context);
  apiKeyRoutes(register, context);
  webhookOutRoutes(register, context);
  dataRoutes(register, context);
  sampleDayRoutes(register, context);
  broadcastRoutes(register, context);
  folioRoutes(register, folios);
  emailRoutes(app, register, context);
  placeRoutes(app, register, context);
  botFrameworkRoutes(app, context.config, parts.takeActivity);
  await app.register(open311(context), { prefix: '/open311/v2' });
  await app.register(webhooks(context, parts.doors, parts.publicUrl));
  await app.register(voiceDoorRoutes(parts.telephones.doors, parts.telephones.tune, parts.publicUrl));
  fileRoutesOf(app, context);
  publicFileRoutes(app, context);
  healthRoutes(app, context, parts.reconciler, parts.draining);
  const withPhones = parts.simulator !== null;
  await pageRoutes(app, context, (city, locale) => parts.render.home(city, locale, { withPhones }));
  if (parts.simulator) await app.register(parts.simulator);
  await folioPageRoutes(app, context, folios, parts.render.folio);
  await addDashboard(app as never, context.jobs, async (request, reply) => {
    const operator = await signedIn(context, headersOf(request));
    if (!operator) return reply.redirect('/console/sign-in');
    if (operator.role !== 'administrator') return answerError(new AppError('forbidden'), request, reply);
    return undefined;
  });
}
