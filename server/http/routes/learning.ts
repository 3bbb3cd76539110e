import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { dismissTurn, listTicketTurns, markTurn } from '../../learning/mark-turn.ts';
import { listTurns } from '../../learning/read-turns.ts';
import { createTrials, publishTrial, readTrial } from '../../learning/trials.ts';
import { listLessons, listUtterances, withdrawUtterance } from '../../learning/utterances.ts';
import type { Register } from '../register.ts';

export function learningRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, city, desk, clock } = context;
  const { db } = database;
  const trials = createTrials(context);

  register(api.listTicketTurns, ({ operator, params }) => listTicketTurns(db, operator, params.id));

  register(api.markTurn, ({ operator, params, body }) =>
    unitOfWork((unit) => markTurn(unit, operator, params.id, body.mark)),
  );

  register(api.listTurns, ({ query }) => listTurns(db, clock.now(), query));

  register(api.dismissTurn, async ({ operator, params, body }) => {
    await unitOfWork((unit) => dismissTurn(unit, operator, params.id, body.dismissed));
    return { ok: true as const };
  });

  register(api.listLessons, () => listLessons(db, city, desk));

  register(api.listUtterances, ({ query }) => listUtterances(db, city, query.lessonId));

  register(api.startTrial, ({ operator, body }) => trials.start(operator, body.additions));

  register(api.readTrial, ({ params }) => readTrial(db, clock.now(), params.id));

  register(api.publishTrial, ({ body, origin }) => unitOfWork((unit) => publishTrial(unit, origin, body.trialId)));

  register(api.withdrawUtterance, async ({ params, origin }) => {
    await unitOfWork((unit) => withdrawUtterance(unit, origin, params.id));
    return { ok: true as const };
  });
}
