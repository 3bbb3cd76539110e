import { listReceipts } from '../../administration/receipts.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { listHolds, placeHold, releaseHold } from '../../data/holds/holds.ts';
import { nextNight } from '../../data/retention/night.ts';
import { previewRule } from '../../data/retention/preview.ts';
import { daysOf, listRules, saveRule } from '../../data/retention/rules.ts';
import { beginRun } from '../../data/retention/run.ts';
import type { Db } from '../../database/database.ts';
import type { Register } from '../register.ts';

/** How long data are kept, what keeps them longer, and receipts of what was done to them. */
export function dataRoutes(register: Register, { database, unitOfWork, city, clock }: AppContext): void {
  const { db } = database;

  async function standing(from: Db) {
    const running = await from
      .selectFrom('retention_run')
      .select('began_at')
      .where('state', '=', 'running')
      .executeTakeFirst();
    return {
      rules: await listRules(from, city),
      runningSince: running?.began_at.toISOString() ?? null,
      nextAt: nextNight(clock.now(), city).toISOString(),
    };
  }

  register(api.listReceipts, ({ query }) => listReceipts(db, query.kind));

  register(api.listRetention, () => standing(db));

  register(api.previewRetention, async ({ params, query }) =>
    previewRule(db, params.id, query.days ?? (await daysOf(db, city, params.id)), clock.now()),
  );

  register(api.saveRetention, ({ params, body, origin }) =>
    unitOfWork(async (unit) => {
      await saveRule(unit, city, origin, params.id, body.days);
      return standing(unit.tx);
    }),
  );

  register(api.runRetention, ({ origin }) =>
    unitOfWork(async (unit) => {
      await beginRun(unit, city, origin, null);
      return standing(unit.tx);
    }),
  );

  register(api.listHolds, ({ operator }) => listHolds(db, operator));

  register(api.placeHold, ({ operator, origin, body }) =>
    unitOfWork((unit) => placeHold(unit, operator, origin, body)),
  );

  register(api.releaseHold, ({ operator, origin, params }) =>
    unitOfWork((unit) => releaseHold(unit, operator, origin, params.id)),
  );
}
