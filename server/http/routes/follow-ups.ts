import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import {
  changeFollowUp,
  createFollowUp,
  finishFollowUp,
  removeFollowUp,
  reopenFollowUp,
} from '../../follow-ups/keep-follow-ups.ts';
import { countFollowUps, listFollowUps, readFollowUp } from '../../follow-ups/list-follow-ups.ts';
import type { Actor } from '../../operators/actor.ts';
import type { Register } from '../register.ts';

/** Promises to look again at a contact or a case. */
export function followUpRoutes(register: Register, { database, unitOfWork, city, clock }: AppContext): void {
  const { db } = database;

  async function changed(actor: Actor, id: string, work: (unit: Unit) => Promise<unknown>) {
    await unitOfWork(work);
    return readFollowUp(db, city, actor, id);
  }

  register(api.listFollowUps, async ({ operator, query }) => {
    const now = clock.now();
    const [followUps, counts] = await Promise.all([
      listFollowUps(db, city, operator, query, now),
      countFollowUps(db, operator, now),
    ]);
    return { followUps, counts };
  });
  register(api.createFollowUp, ({ operator, body }) =>
    changed(operator, body.id, (unit) => createFollowUp(unit, operator, body)),
  );
  register(api.changeFollowUp, ({ operator, params, body }) =>
    changed(operator, params.id, (unit) => changeFollowUp(unit, operator, params.id, body)),
  );
  register(api.finishFollowUp, ({ operator, params }) =>
    changed(operator, params.id, (unit) => finishFollowUp(unit, operator, params.id)),
  );
  register(api.reopenFollowUp, ({ operator, params }) =>
    changed(operator, params.id, (unit) => reopenFollowUp(unit, operator, params.id)),
  );
  register(api.removeFollowUp, async ({ operator, params }) => {
    await unitOfWork((unit) => removeFollowUp(unit, operator, params.id));
    return { ok: true as const };
  });
}
