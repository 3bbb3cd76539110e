import type { Origin } from '../../audit/record-audit.ts';
import { changeCase } from '../../cases/change-case.ts';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { Author } from '../../contract/message.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { addContentVersion } from '../add-version.ts';
import { newestContent, versionsOf } from '../edited-rows.ts';
import { layOver } from '../lay-over.ts';
import { contentOfService } from '../services/service-content.ts';
import { loadsOf } from './read-departments.ts';

/** What went from one department to another. */
export interface HandedOver {
  to: string;
  cases: number;
  services: number;
  people: number;
}

/**
 * Gives what a department has to another: open cases, services and its people.
 * @param to undefined: nobody, which will do for one that has nothing
 * @throws AppError `department_in_use` with the counts, `invalid_input` for one that works no cases itself
 */
export async function handOverDepartment(
  unit: Unit,
  base: City,
  origin: Origin,
  id: string,
  to: string | undefined,
): Promise<HandedOver | undefined> {
  const city = layOver(base, await newestContent(unit.tx));
  const { openCases, services, people } = (await loadsOf(unit.tx, city))(id);
  if (openCases + services.length + people.length === 0) return undefined;
  if (to === undefined) {
    throw new AppError('department_in_use', { cases: openCases, services: services.length, people: people.length });
  }
  if (to === id || !city.departmentFacts[to]?.active) throw new AppError('invalid_input', { moveTo: to });
  for (const service of city.services.filter(({ department, active }) => active && department === id)) {
    const before = contentOfService(city, service);
    const after = { ...before, departmentId: to };
    const rows = await versionsOf(unit.tx, 'service', service.id);
    const version = { kind: 'service' as const, id: service.id, before, after, value: after };
    await addContentVersion(unit, origin, rows, rows[0]?.version ?? 0, version);
  }
  const cases = await moveCases(unit, origin, id, to);
  await unit.tx
    .updateTable('operator')
    .set({ department_id: to, updated_at: unit.now })
    .where('department_id', '=', id)
    .execute();
  if (people.length > 0) unit.emit('configuration.changed', 'operators');
  return { to, cases, services: services.length, people: people.length };
}

/** Each with a line in its story that says who gave it to whom. */
async function moveCases(unit: Unit, { actor }: Origin, from: string, to: string): Promise<number> {
  const rows = await unit.tx
    .selectFrom('service_case')
    .selectAll()
    .where('department_id', '=', from)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const author: Author = actor
    ? { type: 'operator', id: actor.id, name: actor.name }
    : { type: 'system', id: null, name: null };
  for (const row of rows) {
    const data = { changes: { department_id: { from, to } } };
    await changeCase(unit, row, { department_id: to }, { type: 'edited', actor: author, data }, true);
  }
  return rows.length;
}
