import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import { findSentFile } from '../../files/attachments.ts';
import type { HttpApp } from '../http-app.ts';
import { sendFile } from '../send-file.ts';

/** Of one address: a provider fetches for all its customers from few. */
const PER_MINUTE = 600;

/** Files that the city sent, for the provider that carries them. */
export function publicFileRoutes(app: HttpApp, { database, files, fileTokens }: AppContext): void {
  app.get(
    fileRoutes.publicFile(':token'),
    {
      config: { rateLimit: { max: PER_MINUTE, timeWindow: 60_000, allowList: [] } },
      schema: { hide: true, params: z.object({ token: z.string().max(200) }) },
    },
    async (request, reply) => {
      const file = await findSentFile(database.db, fileTokens.read(request.params.token));
      if (!file) throw new AppError('not_found');
      return sendFile(reply, files, file, 'private, no-store');
    },
  );
}
