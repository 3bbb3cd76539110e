import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { v7 as uuid } from 'uuid';
import type { Config } from '../config.ts';
import type { AppContext } from '../context.ts';
import { cityEndpoint, endpoints, fileRoutes } from '../contract/endpoints.ts';
import { AppError } from '../contract/errors.ts';
import { limits } from '../contract/limits.ts';
import { answerError, answerErrors, answerUnreadable, toAppError } from './errors.ts';

export type HttpApp = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  import('fastify').FastifyBaseLogger,
  ZodTypeProvider
>;

const REQUESTS_PER_MINUTE = 1_200;
const WIDGET_PATHS = [
  ...[cityEndpoint, endpoints.findPlaces, endpoints.cityMap].map(({ path }) => `/api/v1${path}`),
  '/api/v1/chat/',
  fileRoutes.download(''),
];

/** The bare HTTP server: limits, headers, errors and the API's description; routes are added by `registerRoutes`. */
export async function createHttpApp(context: AppContext): Promise<HttpApp> {
  const { config } = context;
  const app = Fastify({
    loggerInstance: context.log.child({ part: 'http' }),
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    genReqId: () => uuid(),
    requestIdHeader: false,
    // The nearest proxy alone: what a client claims of itself in front of it counts for nothing.
    trustProxy: config.TRUST_PROXY ? (_address, hop) => hop === 0 : false,
    frameworkErrors: (error, request, reply) => answerError(toAppError(error), request, reply),
    clientErrorHandler: answerUnreadable,
    bodyLimit: 256 * 1024,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>() as unknown as HttpApp;

  app.setValidatorCompiler(validatorCompiler);
  // Answers are built by us and typed at compile time; schemas describe them, and are not run over them again.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  answerErrors(app);

  // Consoles count down by it: it must be the clock by which deadlines are kept.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('date', context.clock.now().toUTCString());
  });

  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // Who calls and who is called speaks on these pages, and on nothing that they might show of others.
    reply.header('permissions-policy', 'microphone=(self)');
  });

  const maps = mapOrigins(config);
  const telephone = telephoneOrigins(config);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Components of the console set positions by style attributes; the resident's page and widget need none.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:', ...maps],
        mediaSrc: ["'self'", 'blob:', ...telephone.sounds],
        connectSrc: ["'self'", ...maps, ...telephone.sounds, ...telephone.signals],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // The widget is loaded by the city's other sites.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    hsts: config.PUBLIC_URL?.startsWith('https:') ?? false,
  });
  // What the widget asks from the city's other sites. It proves itself by token, so any site may show it.
  await app.register(cors, {
    delegator: (request, done) => {
      const asked = WIDGET_PATHS.some((path) => request.url.startsWith(path));
      done(null, asked ? { origin: '*', methods: ['GET', 'POST'], maxAge: 86_400 } : { origin: false });
    },
  });
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    // In memory: a limit a process is enough to keep one address from hurting the others.
    errorResponseBuilder: (_request, info) => new AppError('rate_limited', { seconds: Math.ceil(info.ttl / 1_000) }),
    allowList: (request) => !request.url.startsWith('/api/') && !request.url.startsWith('/open311/'),
  });
  await app.register(multipart, {
    limits: { fileSize: limits.fileBytes, files: 1, fields: 4, parts: 6, headerPairs: 100 },
  });
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Línea Ciudadana',
        version: '1',
        description:
          'All that the console does. Times are UTC ISO 8601, durations whole seconds. Sign in with `POST /session`, or send a key: ' +
          '`authorization: Bearer linea_…`; ' +
          'a refusal carries `error.code`, and a sentence in the language of `accept-language`.\n\n' +
          (await readFile(join(config.root, 'docs/live-events.md'), 'utf8')),
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'linea.session_token' },
          key: { type: 'http', scheme: 'bearer', description: 'A key made under Ajustes → Integraciones' },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs' });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}

/** Whom Twilio's softphone speaks to, where a line of the city has a key for it: its COMMON_ISSUES.md, «CSP». */
function telephoneOrigins({ messaging }: Config): { sounds: string[]; signals: string[] } {
  if (!Object.keys(messaging).some((key) => key.startsWith('TWILIO_API_KEY_SID'))) return { sounds: [], signals: [] };
  return {
    sounds: ['https://sdk.twilio.com', 'https://media.twiliocdn.com'],
    signals: ['https://eventgw.twilio.com', 'wss://voice-js.roaming.twilio.com'],
  };
}

/** Whom a map is asked of that is not drawn from the city's content. */
function mapOrigins({ MAP_STYLE_URL, MAP_ORIGINS }: Config): string[] {
  return MAP_STYLE_URL ? [...new Set([new URL(MAP_STYLE_URL).origin, ...MAP_ORIGINS])] : [];
}
