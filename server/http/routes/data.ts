import { listReceipts } from '../../administration/receipts.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import type { Register } from '../register.ts';

export function dataRoutes(register: Register, { database }: AppContext): void {
  register(api.listReceipts, ({ query }) => listReceipts(database.db, query.kind));
}
