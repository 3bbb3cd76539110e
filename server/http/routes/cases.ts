import { addCaseNote, addCaseUpdate } from '../../cases/add-words.ts';
import { caseBoard } from '../../cases/case-board.ts';
import { caseMap } from '../../cases/case-map.ts';
import type { CaseRow } from '../../cases/case-row.ts';
import { changeCaseStatus } from '../../cases/change-status.ts';
import { createCase, prepareCase } from '../../cases/create-case.ts';
import { editCase, prepareEdit } from '../../cases/edit-case.ts';
import { findDuplicates } from '../../cases/find-duplicates.ts';
import { followCaseFor } from '../../cases/follow-case.ts';
import { listCases } from '../../cases/list-cases.ts';
import { openForReading } from '../../cases/open-for-reading.ts';
import { localDay } from '../../cases/promise.ts';
import { readCase } from '../../cases/read-case.ts';
import type { AppContext } from '../../context.ts';
import type { CaseDetail } from '../../contract/case.ts';
import { api } from '../../contract/routes.ts';
import type { Actor } from '../../operators/actor.ts';
import type { Register } from '../register.ts';

export function caseRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, city, clock, cases } = context;
  const { db } = database;
  const today = () => localDay(clock.now(), city);

  /** The case as its changer left it, even where they may look at it no more. */
  const detail = async (actor: Actor, changed: Promise<CaseRow>): Promise<CaseDetail> =>
    readCase(db, city, actor, await changed);

  register(api.listCases, ({ operator, query }) => listCases(db, city, operator, query, today()));
  register(api.caseBoard, ({ operator, query }) => caseBoard(db, city, operator, query, today()));
  register(api.caseMap, ({ operator, query }) => caseMap(db, operator, query, today()));
  register(api.nearbyCases, async ({ query: { serviceId, ...point } }) => ({
    cases: await findDuplicates(db, city, serviceId, point, clock.now()),
  }));
  register(api.openCase, ({ operator, params, origin }) =>
    openForReading({ db, unitOfWork, city }, operator, params.id, origin),
  );

  register(api.createCase, async ({ operator, body }) => {
    const prepared = prepareCase(cases, body);
    return detail(
      operator,
      unitOfWork((unit) => createCase(unit, cases, operator, prepared, body)),
    );
  });

  register(api.editCase, async ({ operator, params, body }) => {
    const prepared = await prepareEdit(db, cases, operator, params.id, body);
    return detail(
      operator,
      unitOfWork((unit) => editCase(unit, cases, operator, params.id, prepared, body)),
    );
  });

  register(api.changeCaseStatus, ({ operator, params, body }) =>
    detail(
      operator,
      unitOfWork((unit) => changeCaseStatus(unit, cases, operator, params.id, body)),
    ),
  );

  register(api.addCaseNote, ({ operator, params, body }) =>
    detail(
      operator,
      unitOfWork((unit) => addCaseNote(unit, operator, params.id, body)),
    ),
  );

  register(api.addCaseUpdate, ({ operator, params, body }) =>
    detail(
      operator,
      unitOfWork((unit) => addCaseUpdate(unit, cases, operator, params.id, body)),
    ),
  );

  register(api.followCaseFor, ({ operator, params, body }) =>
    detail(
      operator,
      unitOfWork((unit) => followCaseFor(unit, operator, params.id, body.ticketId)),
    ),
  );
}
