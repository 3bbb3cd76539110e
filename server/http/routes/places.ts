import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import { mapRoutes } from '../../contract/endpoints.ts';
import { mapThemeSchema } from '../../contract/place.ts';
import { api } from '../../contract/routes.ts';
import { firstView } from '../../places/city-bounds.ts';
import { mapStyle } from '../../places/map-style.ts';
import type { HttpApp } from '../http-app.ts';
import type { Register } from '../register.ts';

const A_DAY = 'public, max-age=86400';
const ASK_AGAIN = 'public, max-age=60';

/** What maps and address fields ask: anybody may, within limits. */
export function placeRoutes(app: HttpApp, register: Register, { city, config, places }: AppContext): void {
  register(api.findPlaces, async ({ query }) => ({ suggestions: await places.suggest(query.q) }));
  register(api.whereIs, async ({ query }) => places.whereIs(query));
  register(api.cityMap, async ({ reply }) => {
    reply.header('cache-control', ASK_AGAIN);
    return { bounds: firstView(city), sample: !config.MAP_STYLE_URL && city.places.boundary.sample };
  });

  const drawn = { light: document(mapStyle(city, 'light')), dark: document(mapStyle(city, 'dark')) };
  app.get(
    mapRoutes.style,
    {
      schema: {
        tags: ['Places'],
        summary:
          'The map to show, as a MapLibre style: drawn from the city’s content, or a redirection to MAP_STYLE_URL',
        querystring: z.object({ theme: mapThemeSchema.default('light') }),
      },
    },
    (request, reply) => {
      reply.header('cache-control', ASK_AGAIN);
      if (config.MAP_STYLE_URL) return reply.redirect(config.MAP_STYLE_URL, 302);
      const { text, etag } = drawn[request.query.theme];
      reply.header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type('application/json; charset=utf-8').send(text);
    },
  );

  for (const file of ['city-map.js', 'map-worker.js']) {
    app.get(`/map/${file}`, { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', A_DAY).header('access-control-allow-origin', '*').sendFile(`map/${file}`),
    );
  }
}

function document(value: unknown) {
  const text = JSON.stringify(value);
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"` };
}
