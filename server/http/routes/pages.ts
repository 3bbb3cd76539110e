import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { AppContext } from '../../context.ts';
import type { RenderPages } from '../../contract/pages.ts';
import { publicCity } from '../../residents/public-city.ts';
import type { HttpApp } from '../http-app.ts';
import { readerOf, sendPage } from '../send-page.ts';

/** What browsers load: the resident's page, the widget, and the console with its routes of its own. */
export async function pageRoutes(app: HttpApp, context: AppContext, render: RenderPages['home']): Promise<void> {
  const dist = join(context.config.root, 'dist');
  const hidden = { schema: { hide: true } };
  await app.register(fastifyStatic, { root: dist, serve: false, cacheControl: false, preCompressed: true });

  app.get('/', hidden, async (request, reply) =>
    sendPage(reply.header('cache-control', 'no-cache'), render(await publicCity(context), readerOf(request))),
  );

  app.get('/widget.js', hidden, (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=300')
      .header('access-control-allow-origin', '*')
      .sendFile('widget/widget.js'),
  );
  // What widget.js loads later ages as it does, so that the two fit together.
  app.get<{ Params: { file: string } }>('/widget/:file', hidden, (request, reply) => {
    const { file } = request.params;
    if (!/^[\w-]+\.js$/.test(file) || !existsSync(join(dist, 'widget', file))) return reply.callNotFound();
    return reply
      .header('cache-control', 'public, max-age=300')
      .header('access-control-allow-origin', '*')
      .sendFile(join('widget', file));
  });
  for (const page of ['resident', 'folio']) {
    app.get(`/${page}.css`, hidden, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=300')
        .sendFile(`${page}-page.css`, join(context.config.root, 'channels/chat/page')),
    );
  }

  const console = (path: string) => join('console', path);
  app.get('/console', hidden, (_request, reply) => reply.redirect('/console/'));
  app.get<{ Params: { '*': string } }>('/console/*', hidden, (request, reply) => {
    const path = request.params['*'];
    // Built files carry a hash in their name; every other path is a screen of the console.
    if (path.startsWith('assets/') && existsSync(join(dist, console(path)))) {
      return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(console(path));
    }
    if (path.startsWith('assets/')) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile(console('index.html'));
  });
}
