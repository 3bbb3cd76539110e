import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { bulkTickets } from '../../operators/desk/bulk-tickets.ts';
import { undoBulk } from '../../operators/desk/bulk-undo.ts';
import { listTickets } from '../../operators/desk/list-tickets.ts';
import { createView, deleteView, listViews, updateView } from '../../operators/desk/saved-views.ts';
import { findAnything } from '../../search/find-anything.ts';
import type { Register } from '../register.ts';

/** Lists of contacts: searched, filtered, kept as views, and worked on many at a time. */
export function inboxRoutes(register: Register, context: AppContext): void {
  const { database, city, clock, unitOfWork, say } = context;
  const { db } = database;

  register(api.listTickets, ({ operator, query }) => listTickets(db, city, operator, query));
  register(api.find, ({ operator, query }) => findAnything(db, city, operator, query.q, clock.now()));

  register(api.listSavedViews, async ({ operator }) => ({ views: await listViews(db, city, operator) }));
  register(api.createSavedView, async ({ operator, body }) =>
    unitOfWork((unit) => createView(unit, city, operator, body)),
  );
  register(api.updateSavedView, async ({ operator, params, body }) =>
    unitOfWork((unit) => updateView(unit, city, operator, params.id, body)),
  );
  register(api.deleteSavedView, async ({ operator, params }) => {
    await unitOfWork((unit) => deleteView(unit, operator, params.id));
    return { ok: true as const };
  });

  register(api.bulkTickets, ({ operator, body }) =>
    bulkTickets({ unitOfWork, say, city }, operator, body.ids, body.action),
  );
  register(api.undoBulk, ({ operator, params }) => undoBulk({ unitOfWork, say }, operator, params.id));
}
