import { api } from '../../contract/routes.ts';
import type { FolioDesk } from '../../residents/folio-desk.ts';
import type { Register } from '../register.ts';

/** A case, for whoever has its folio and its secret. The same as a page: `folio-page.ts`. */
export function folioRoutes(register: Register, folios: FolioDesk): void {
  register(api.readFolio, ({ body, request, reply }) => {
    reply.header('cache-control', 'no-store');
    return folios.read(request.ip, body);
  });

  register(api.reopenFolio, ({ body, request, reply }) => {
    reply.header('cache-control', 'no-store');
    return folios.reopen(request.ip, body, body.text);
  });
}
