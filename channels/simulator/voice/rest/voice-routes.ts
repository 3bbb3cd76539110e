import type { FastifyInstance } from 'fastify';
import type { Telephony } from '../telephony.ts';
import { callRoutes } from './call-routes.ts';
import { conferenceRoutes } from './conference-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { recordingRoutes } from './recording-routes.ts';

/** What of Twilio's REST API is about calls. */
export function voiceRoutes(app: FastifyInstance, telephony: Telephony): void {
  callRoutes(app, telephony);
  conferenceRoutes(app, telephony);
  recordingRoutes(app, telephony);
  queueRoutes(app, telephony);
}
