import type { CaseStatus } from '../../contract/case-status.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import type { Working } from '../plan/staff.ts';
import type { Seated } from '../seat-people.ts';
import { noteMissed, type Stage } from '../stage.ts';

/** A case that has just been opened, as a department finds it on its list. */
export interface NewCase {
  id: string;
  folio: string;
  departmentId: string;
  openedAt: Date;
  /** The day until which it was promised, as an instant at its noon. */
  promisedFor: Date;
}

/** Somebody who does what was reported. */
export interface Department {
  receives(one: NewCase): void;
}

/** Seconds until it is looked at, and until it is done when that is on the same day. */
const BEGINS = 45 * 60;
const DOES = 3.5 * 3_600;
const SPREAD = 0.8;
const SAME_DAY = 0.3;
/** What is not done on its day is done around its promise, a few too late: days before and after it. */
const EARLIEST = -3;
const LATEST = 1.2;
const DAY_MS = 86_400_000;

const ends: readonly (readonly [Ending, number])[] = [
  [{ status: 'solved', update: 'Quedó atendido. Gracias por reportarlo.' }, 88],
  [{ status: 'rejected', reason: 'En la visita no se encontró lo que se reporta.' }, 5],
  [{ status: 'not_ours', owner: 'Comisión Federal de Electricidad' }, 3],
  [{ status: 'waiting_citizen', update: '¿Nos confirmas entre qué calles es?' }, 4],
];
interface Ending {
  status: CaseStatus;
  update?: string;
  reason?: string;
  owner?: string;
}

export function createDepartment(stage: Stage, { member, console }: Seated, hours: readonly Working[]): Department {
  const { time } = stage;

  /** Nothing is done while nobody is there. */
  function inHours(at: Date, spare: number): Date {
    const next = hours.find(({ until }) => until > at);
    if (!next) return at;
    return next.from > at ? new Date(next.from.getTime() + spare * 3_600_000) : at;
  }

  async function step(id: string, ending: Ending): Promise<void> {
    try {
      const { version, status } = await console.call(api.openCase, { params: { id } });
      if (status === ending.status) return;
      await console.call(api.changeCaseStatus, { params: { id }, body: { ...ending, version } });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      noteMissed(stage, `step of a case: ${error.code}`);
    }
  }

  return {
    receives({ id, folio, openedAt, promisedFor }) {
      const chance = member.chance.fork(`case ${folio}`);
      const after = (from: Date, seconds: number) => inHours(new Date(from.getTime() + seconds * 1_000), chance.next());
      const begins = after(openedAt, chance.around(BEGINS, SPREAD));
      time.at(begins, () => step(id, { status: 'in_progress' }));
      const isToday = chance.happens(SAME_DAY);
      const around = promisedFor.getTime() + (EARLIEST + (LATEST - EARLIEST) * chance.next()) * DAY_MS;
      const done = isToday ? after(begins, chance.around(DOES, SPREAD)) : inHours(new Date(around), chance.next());
      time.at(done > begins ? done : after(begins, DOES), () => step(id, chance.weighted(ends)));
    },
  };
}

/** Gives every new case to whose it is, in the order in which they were opened. */
export function handOutCases(stage: Stage, departments: ReadonlyMap<string, Department>): () => Promise<void> {
  const { bus, database } = stage.server.context;
  const known = new Set<string>();
  let heard: string[] = [];
  bus.subscribe('case.changed', ({ caseId }) => {
    if (known.has(caseId)) return;
    known.add(caseId);
    heard.push(caseId);
  });
  return async () => {
    if (heard.length === 0) return;
    const ids = heard;
    heard = [];
    const rows = await database.db
      .selectFrom('service_case')
      .select(['id', 'folio', 'department_id', 'opened_at', 'promised_for'])
      .where('id', 'in', ids)
      .orderBy('folio')
      .execute();
    for (const row of rows) {
      departments.get(row.department_id)?.receives({
        id: row.id,
        folio: row.folio,
        departmentId: row.department_id,
        openedAt: row.opened_at,
        promisedFor: new Date(`${row.promised_for}T18:00:00Z`),
      });
    }
  };
}
