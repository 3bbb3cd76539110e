import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import { importKinds } from '../../contract/data-words.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { api } from '../../contract/routes.ts';
import { check, listImports, openImport, remove, start, takeFile, undo } from '../../data/import/imports.ts';
import { rejectedRows } from '../../data/import/rejected-rows.ts';
import type { HttpApp } from '../http-app.ts';
import { receivedFile } from '../received-file.ts';
import type { Register } from '../register.ts';
import { mayOpenFile } from './may-open-file.ts';

/** People and cases of other systems. */
export function dataImportRoutes(app: HttpApp, register: Register, context: AppContext): void {
  const { database, unitOfWork, files } = context;
  const { db } = database;

  register(api.listImports, () => listImports(db));
  register(api.openImport, ({ params }) => openImport(db, params.id));
  register(api.checkImport, ({ params, body }) => unitOfWork((unit) => check(unit, params.id, body)));
  register(api.startImport, ({ params, origin }) => unitOfWork((unit) => start(unit, origin, params.id)));
  register(api.undoImport, ({ params, origin }) => unitOfWork((unit) => undo(unit, origin, params.id)));
  register(api.deleteImport, ({ params, origin }) => unitOfWork((unit) => remove(unit, { files }, origin, params.id)));

  app.post(
    fileRoutes.importUpload,
    { schema: { tags: ['Data'], querystring: z.object({ kind: z.enum(importKinds) }) } },
    async (request) => {
      const { origin } = await mayOpenFile(context, request, 'data.import');
      return takeFile(context, origin, request.query.kind, await receivedFile(request));
    },
  );

  app.get(
    fileRoutes.importRejected(':id'),
    { schema: { tags: ['Data'], params: z.object({ id: z.uuid() }) } },
    async (request, reply) => {
      await mayOpenFile(context, request, 'data.import');
      const { name, csv } = await rejectedRows(context, request.params.id);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(csv);
    },
  );
}
