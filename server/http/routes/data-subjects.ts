import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { api } from '../../contract/routes.ts';
import { giveLink, openLink } from '../../data/person/export-link.ts';
import { findPeople } from '../../data/person/find-people.ts';
import { previewErasure } from '../../data/person/inventory.ts';
import { ask, confirm, listRequests, mustReach, withdraw } from '../../data/person/requests.ts';
import type { HttpApp } from '../http-app.ts';
import type { Register } from '../register.ts';
import { mayOpenFile } from './may-open-file.ts';

/** What people ask about their data: to see them, or to be forgotten. */
export function dataSubjectRoutes(app: HttpApp, register: Register, context: AppContext): void {
  const { database, unitOfWork, city, files } = context;
  const { db } = database;

  register(api.findDataSubjects, ({ operator, query }) => findPeople(db, city, operator, query.q));

  register(api.listSubjectRequests, ({ operator, query }) => listRequests(db, operator, query.citizenId));

  register(api.previewErasure, async ({ operator, params }) =>
    previewErasure(db, city, await mustReach(db, operator, params.id)),
  );

  register(api.askForData, ({ operator, origin, body }) =>
    unitOfWork((unit) => ask(unit, city, operator, origin, body)),
  );

  register(api.confirmErasure, ({ operator, origin, params }) =>
    unitOfWork((unit) => confirm(unit, operator, origin, params.id)),
  );

  register(api.withdrawErasure, ({ operator, origin, params }) =>
    unitOfWork((unit) => withdraw(unit, operator, origin, params.id)),
  );

  register(api.linkExport, ({ operator, params }) => unitOfWork((unit) => giveLink(unit, operator, params.id)));

  app.get(
    fileRoutes.personExport(':id'),
    {
      schema: {
        tags: ['Data'],
        params: z.object({ id: z.uuid() }),
        querystring: z.object({ token: z.string().max(100) }),
      },
    },
    async (request, reply) => {
      const { operator, origin } = await mayOpenFile(context, request, 'data.requests');
      const { id } = request.params;
      const key = await unitOfWork((unit) => openLink(unit, operator, origin, id, request.query.token));
      return reply
        .header('content-type', 'application/zip')
        .header('content-disposition', 'attachment; filename="datos-personales.zip"')
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(await files.read(key));
    },
  );
}
