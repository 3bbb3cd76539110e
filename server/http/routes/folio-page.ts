import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import { folioKeySchema, type PublicCase, reopenByCitizenSchema } from '../../contract/case.ts';
import { AppError } from '../../contract/errors.ts';
import type { FolioKey, FolioView, RenderPages } from '../../contract/pages.ts';
import type { FolioDesk } from '../../residents/folio-desk.ts';
import { publicCity } from '../../residents/public-city.ts';
import type { HttpApp } from '../http-app.ts';
import { readerOf, sendPage } from '../send-page.ts';

const FORM_BYTES = 32 * 1024;
const formSchema = z.object({
  folio: z.string().max(40).catch(''),
  secret: z.string().max(40).catch(''),
  text: z.string().max(8_000).catch(''),
});

/** The page `/folio`: a form, and its answer. The key comes in a form's body only, so that no log ever holds it. */
export async function folioPageRoutes(
  app: HttpApp,
  context: AppContext,
  folios: FolioDesk,
  render: RenderPages['folio'],
): Promise<void> {
  async function answer(request: FastifyRequest, reply: FastifyReply, view: FolioView): Promise<FastifyReply> {
    reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    return sendPage(reply, render(await publicCity(context), readerOf(request), view));
  }

  const found = async (key: FolioKey, reading: ReturnType<FolioDesk['read']>): Promise<FolioView> => ({
    state: 'found',
    key,
    case: await reading,
    now: context.clock.now(),
  });

  async function read(address: string, key: FolioKey): Promise<FolioView> {
    const parsed = folioKeySchema.safeParse(key);
    if (!parsed.success) return { state: 'refused', key };
    return orRefused(key, found(key, folios.read(address, parsed.data)));
  }

  /** Sent twice it is open already, which is what they want. */
  async function reopened(address: string, input: z.output<typeof reopenByCitizenSchema>): Promise<PublicCase> {
    try {
      return await folios.reopen(address, input, input.text);
    } catch (error) {
      if (error instanceof AppError && error.code === 'wrong_case_step') return folios.read(address, input);
      throw error;
    }
  }

  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const hidden = { schema: { hide: true } };

    scope.get('/folio', hidden, (request, reply) => answer(request, reply, { state: 'ask' }));

    scope.post('/folio', hidden, async (request, reply) => {
      const { text: _, ...key } = formSchema.parse(request.body ?? {});
      return answer(request, reply, await read(request.ip, key));
    });

    scope.post('/folio/reopen', hidden, async (request, reply) => {
      const { text, ...key } = formSchema.parse(request.body ?? {});
      const parsed = reopenByCitizenSchema.safeParse({ ...key, text });
      if (!parsed.success) {
        const view = await read(request.ip, key);
        return answer(request, reply, view.state === 'found' ? { ...view, after: 'empty' } : view);
      }
      const view = await orRefused(key, found(key, reopened(request.ip, parsed.data)));
      return answer(request, reply, view.state === 'found' ? { ...view, after: 'reopened' } : view);
    });
  });
}

async function orRefused(key: FolioKey, view: Promise<FolioView>): Promise<FolioView> {
  try {
    return await view;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'rate_limited') return { state: 'refused', key, seconds: Number(error.details?.seconds) };
    if (error.code === 'case_not_found') return { state: 'refused', key };
    throw error;
  }
}
