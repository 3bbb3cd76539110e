import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { openRecording } from '../../calls/open-recording.ts';
import { endPieces, takePiece } from '../../calls/recording-pieces.ts';
import type { AppContext } from '../../context.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import type { Me } from '../../contract/http.ts';
import { may, type Permission } from '../../contract/permissions.ts';
import { headersOf, signedIn } from '../../operators/signed-in.ts';
import type { HttpApp } from '../http-app.ts';
import { sendFile } from '../send-file.ts';

const PIECE_BYTES = 1024 * 1024;
const segmentSchema = z.string().regex(/^[\w-]{1,64}$/);
const params = z.object({ id: z.uuid(), segment: segmentSchema, chunk: z.coerce.number().int().nonnegative() });

/** What is said on calls, in pieces from a browser that has the voices, and whole for whoever listens to it later. */
export async function recordingRoutes(app: HttpApp, context: AppContext): Promise<void> {
  const { unitOfWork, files } = context;

  async function operatorOf(request: FastifyRequest, needed: Permission): Promise<Me> {
    const operator = await signedIn(context, headersOf(request));
    if (!operator) throw new AppError('unauthenticated');
    if (!may(operator, needed)) throw new AppError('forbidden');
    return operator;
  }
  const originOf = (request: FastifyRequest, { id, name }: Me) => ({
    actor: { id, name },
    address: request.ip,
    requestId: request.id,
  });

  // In a scope of its own: anywhere else a body that is not JSON is refused.
  await app.register(async (scope) => {
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: PIECE_BYTES }, (_request, body, done) =>
      done(null, body),
    );

    scope.put(
      '/api/v1/calls/:id/recording/:segment/:chunk',
      { bodyLimit: PIECE_BYTES, schema: { tags: ['Calls'] } },
      async (request) => {
        const operator = await operatorOf(request, 'calls.take');
        const { id: callId, segment, chunk: index } = params.parse(request.params);
        if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw new AppError('file_empty');
        await takePiece({ unitOfWork, files }, operator, { callId, segment, index, bytes: request.body });
        return { ok: true as const };
      },
    );
  });

  app.post(
    '/api/v1/calls/:id/recording/:segment/end',
    {
      schema: {
        tags: ['Calls'],
        params: params.omit({ chunk: true }),
        body: z.object({ milliseconds: z.number().int().nonnegative().max(86_400_000).optional() }).nullish(),
      },
    },
    async (request) => {
      const operator = await operatorOf(request, 'calls.take');
      const { id: callId, segment } = request.params;
      const milliseconds = request.body?.milliseconds ?? null;
      await endPieces({ unitOfWork, files }, operator, { callId, segment, milliseconds });
      return { ok: true as const };
    },
  );

  app.get(
    fileRoutes.recording(':id'),
    { schema: { tags: ['Calls'], params: z.object({ id: z.uuid() }) } },
    async (request, reply) => {
      const operator = await operatorOf(request, 'calls.recordings');
      // A player asks for the beginning, and then for parts of the same listening.
      const isFirst = /^bytes=0-/.test(request.headers.range ?? 'bytes=0-');
      const file = await unitOfWork((unit) =>
        openRecording(unit, operator, originOf(request, operator), request.params.id, isFirst),
      );
      return sendFile(reply, files, file, 'private, no-store');
    },
  );
}
