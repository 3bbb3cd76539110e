import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { folioLink, shownSecret } from '../../cases/secret.ts';
import type { AppContext } from '../../context.ts';
import { createKeyCheck } from '../../open311/api-keys.ts';
import { createRequest, requestSchema } from '../../open311/create-request.ts';
import { discovery } from '../../open311/discovery.ts';
import { findRequest, listRequests, searchSchema } from '../../open311/list-requests.ts';
import { asOpen311Error, Open311Error } from '../../open311/open311-error.ts';
import { presentRequest } from '../../open311/present-request.ts';
import { presentService, publicService, publicServices } from '../../open311/public-services.ts';
import { attributesIn, presentDefinition } from '../../open311/service-attributes.ts';
import { type Answer, toXml } from '../../open311/to-xml.ts';
import type { HttpApp } from '../http-app.ts';

const byName = z.object({ name: z.string().max(80) });
const keySchema = z.object({ api_key: z.string().max(200).optional() });
const FORMATS = ['', '.json', '.xml'] as const;

/** GeoReport v2 (wiki.open311.org): in a scope of its own, which takes forms and words refusals as the standard does. */
export function open311(context: AppContext): FastifyPluginAsync {
  const { database, unitOfWork, city, clock, config, cases } = context;
  const mustHoldKey = createKeyCheck(context, config.OPEN311_API_KEYS);

  return async (plain) => {
    const scope = plain as HttpApp;
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.setErrorHandler((error, request, reply) => {
      const refusal = asOpen311Error(error);
      if (refusal.status >= 500) request.log.error({ err: error }, 'request failed');
      const answer = [{ code: refusal.status, description: refusal.message }];
      return send(request, reply.status(refusal.status), 'errors', answer);
    });

    for (const format of FORMATS) {
      const schema = { schema: { tags: ['Open311'], hide: format !== '.json' } };
      scope.get(`/discovery${format}`, schema, (request, reply) =>
        send(request, reply, 'discovery', discovery(city, cases.publicUrl)),
      );
      scope.get(`/services${format}`, schema, (request, reply) =>
        send(
          request,
          reply,
          'services',
          publicServices(city).map((service) => presentService(city, service)),
        ),
      );
      scope.get(`/requests${format}`, schema, async (request, reply) => {
        const rows = await listRequests(database.db, city, parsed(searchSchema, request.query), clock.now());
        return send(
          request,
          reply,
          'service_requests',
          rows.map((row) => presentRequest(city, row)),
        );
      });
      scope.post(`/requests${format}`, schema, async (request, reply) => {
        await mustHoldKey(parsed(keySchema, request.body).api_key);
        const fields = parsed(requestSchema, request.body);
        const row = await createRequest(unitOfWork, cases, fields, attributesIn(request.body));
        const secret = cases.secrets.ofReporter(row.id);
        const notice = `Clave del folio: ${shownSecret(secret)}. ${folioLink(cases.publicUrl, row.folio, secret)}`;
        const answer = [{ service_request_id: row.folio, service_notice: notice, account_id: null }];
        return send(request, reply.status(201), 'service_requests', answer);
      });
    }

    const one = { schema: { tags: ['Open311'], params: byName } };
    scope.get('/services/:name', one, (request, reply) =>
      send(request, reply, 'service_definition', presentDefinition(publicService(city, bare(request.params.name)))),
    );
    scope.get('/requests/:name', one, async (request, reply) => {
      const row = await findRequest(database.db, city, bare(request.params.name));
      return send(request, reply, 'service_requests', [presentRequest(city, row)]);
    });
  };
}

/** @throws Open311Error 400 naming the fields that could not be read */
function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const fields = [...new Set(result.error.issues.map((issue) => issue.path.join('.')))].filter(Boolean);
  throw new Open311Error(400, `Missing or not understood: ${fields.join(', ') || 'the request'}.`);
}

const bare = (name: string): string => name.replace(/\.(?:json|xml)$/, '');

/** As the path's ending asks; JSON without one. */
function send(request: FastifyRequest, reply: FastifyReply, root: string, answer: Answer): FastifyReply {
  void reply.header('access-control-allow-origin', '*');
  return new URL(request.url, 'http://any').pathname.endsWith('.xml')
    ? reply.header('content-type', 'application/xml; charset=utf-8').send(toXml(root, answer))
    : reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer));
}
