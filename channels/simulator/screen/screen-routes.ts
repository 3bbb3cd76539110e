import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../../server/contract/errors.ts';
import type { Simulator } from '../create-simulator.ts';
import type { Phone } from '../phone/phone.ts';
import { callInProgress } from '../voice/phone/call-in-progress.ts';
import { actOn } from './act-on-call.ts';
import { eventStream } from './event-stream.ts';
import { parse, tried } from './parse.ts';
import {
  callActSchema,
  newPersonSchema,
  phoneActionSchema,
  type SamplePlace,
  saySchema,
  sendFileSchema,
  startCallSchema,
  troubleChangeSchema,
} from './screen-api.ts';
import { renderScreen, type ScreenCity } from './screen-page.ts';
import { screenState } from './screen-state.ts';
import { spoken } from './spoken.ts';
import { telephoneRoutes } from './telephone-routes.ts';
import { watch } from './watch.ts';

const MOST_FILE_BYTES = 16 * 1024 * 1024;
/** What a browser may show of a file by itself; the rest it saves. */
const SHOWN = /^(?:image\/(?:png|jpeg|webp|gif)|audio\/[\w.-]+|video\/(?:mp4|webm))$/;

export interface ScreenOptions {
  simulator: Simulator;
  city: ScreenCity;
  places: SamplePlace[];
  /** Where the page's script and style were built. */
  built: string;
}

/** The page on which a newcomer plays resident, and what it asks: all below `/simulator`. */
export async function screenRoutes(
  app: FastifyInstance,
  { simulator, city, places, built }: ScreenOptions,
): Promise<void> {
  const hidden = { schema: { hide: true } };

  app.get('/simulator', hidden, (request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', strict(reply))
      .send(renderScreen(city, localeOf(request))),
  );
  for (const [file, type] of [
    ['app.js', 'text/javascript'],
    ['app.css', 'text/css'],
  ] as const) {
    app.get(`/simulator/${file}`, hidden, async (_request, reply) =>
      reply
        .header('content-type', `${type}; charset=utf-8`)
        .header('cache-control', 'no-cache')
        .send(await readFile(join(built, file))),
    );
  }

  telephoneRoutes(app, simulator);

  app.get('/simulator/api/state', hidden, () => screenState(simulator, places));

  app.get('/simulator/api/events', hidden, (request, reply) => {
    const stream = eventStream(request, reply);
    stream.onClose(watch(simulator, (event) => stream.tell(null, event)));
  });

  app.post('/simulator/api/say', hidden, (request) => {
    const { personId, accountId, say } = parse(saySchema, request.body);
    const said = tried(() => spoken(phoneOf(personId, accountId), say));
    return { id: said?.id ?? null };
  });

  app.post('/simulator/api/phone', hidden, (request) => {
    const { personId, accountId, action } = parse(phoneActionSchema, request.body);
    const phone = phoneOf(personId, accountId);
    const actions = {
      read: phone.read,
      block: phone.block,
      unblock: phone.unblock,
      off: phone.turnOff,
      on: phone.turnOn,
      close_window: () => phone.lastWroteHoursAgo(25),
      open_window: () => phone.lastWroteHoursAgo(0),
    };
    actions[action]();
    return screenState(simulator, places).standings.find(
      (standing) => standing.personId === personId && standing.accountId === accountId,
    );
  });

  app.post('/simulator/api/call', hidden, (request) => {
    const { personId, accountId, withheld } = parse(startCallSchema, request.body);
    return { sid: tried(() => phoneOf(personId, accountId).call({ withheld })).sid };
  });
  app.post('/simulator/api/call/act', hidden, (request) => {
    const { sid, act } = parse(callActSchema, request.body);
    const call = simulator.telephony.calls.get(sid);
    if (!call) throw new AppError('not_found');
    actOn(callInProgress(simulator.telephony, call), act);
    return {};
  });

  app.post('/simulator/api/people', hidden, (request) => simulator.person(parse(newPersonSchema, request.body)));
  app.post('/simulator/api/trouble', hidden, (request) => simulator.trouble(parse(troubleChangeSchema, request.body)));

  app.get('/simulator/api/files/:id', hidden, (request, reply) => {
    const file = simulator.world.files.find((request.params as { id: string }).id);
    if (!file) throw new AppError('not_found');
    const isShown = SHOWN.test(file.mimeType);
    return reply
      .header('content-type', isShown ? file.mimeType : 'application/octet-stream')
      .header(
        'content-disposition',
        isShown ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(file.name || 'archivo')}`,
      )
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=3600')
      .send(file.bytes);
  });

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MOST_FILE_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post('/simulator/api/files', hidden, (request) => {
      const { personId, accountId, kind, mimeType, name, caption } = parse(sendFileSchema, request.query);
      if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw new AppError('file_empty');
      const file = { bytes: request.body, mimeType, name };
      return { id: tried(() => phoneOf(personId, accountId).media(kind, file, { caption })).id };
    });
  });

  function phoneOf(personId: string, accountId: string): Phone {
    return tried(() => simulator.phone(personId, accountId));
  }
}

const querySchema = z.object({ lang: z.enum(['es', 'en']).optional().catch(undefined) });

function localeOf(request: FastifyRequest): 'es' | 'en' {
  const { lang } = querySchema.parse(request.query);
  return lang ?? (/^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'es');
}

/** This page has no style attributes, unlike the console. */
function strict(reply: FastifyReply): string {
  return String(reply.getHeader('content-security-policy') ?? "default-src 'self'").replace(" 'unsafe-inline'", '');
}
