import { presentRow } from '../cases/present-case.ts';
import type { AppContext } from '../context.ts';
import { may } from '../contract/permissions.ts';
import { rooms } from '../contract/socket.ts';
import type { Actor } from '../operators/actor.ts';
import { coalesce } from './coalesce.ts';
import type { ConsoleNamespace } from './socket-server.ts';

const ROWS_EVERY_MS = 50;
/** Cases whose audience is remembered. */
const REMEMBERED = 20_000;

/** Rooms in which somebody hears of the cases that they may see. */
export function caseRoomsOf(actor: Pick<Actor, 'permissions' | 'departmentId' | 'protectedGrant'>): string[] {
  if (!may(actor, 'cases.read')) return [];
  if (may(actor, 'cases.all')) return [rooms.cases, ...(actor.protectedGrant ? [rooms.protectedCases] : [])];
  if (!actor.departmentId) return [];
  const own = rooms.casesOf(actor.departmentId);
  return actor.protectedGrant ? [own, rooms.protectedCasesOf(actor.departmentId)] : [own];
}

/** Tells whoever may see a case that it changed; and whoever may see it no more, that it is gone. */
export function pushCases({ bus, database, city, log }: AppContext, namespace: ConsoleNamespace): void {
  const shownIn = new Map<string, string[]>();
  const rows = coalesce<string>(
    ROWS_EVERY_MS,
    async (ids) => {
      const changed = await database.db.selectFrom('service_case').selectAll().where('id', 'in', ids).execute();
      for (const row of changed) {
        const audience = row.protected
          ? [rooms.protectedCases, rooms.protectedCasesOf(row.department_id)]
          : [rooms.cases, rooms.casesOf(row.department_id)];
        namespace.to(audience).emit('case', presentRow(city, row));
        const left = (shownIn.get(row.id) ?? []).filter((room) => !audience.includes(room));
        if (left.length > 0) namespace.to(left).except(audience).emit('case.gone', { caseId: row.id });
        if (shownIn.size > REMEMBERED) shownIn.clear();
        shownIn.set(row.id, audience);
      }
    },
    (error) => log.warn({ err: error }, 'cases not told to the console'),
  );
  bus.subscribe('case.changed', ({ caseId }) => rows([caseId]));
}
