import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { addSeconds } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import { type saveWarningSchema, WARNING_MOST_DAYS, type Warning } from '../contract/warning.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Actor } from '../operators/actor.ts';
import { acquaintances } from './citizen-access.ts';
import { livingId } from './living.ts';
import { presentWarning, type WarningRow } from './warnings.ts';

type Input = z.output<typeof saveWarningSchema>;

const DAY_SECONDS = 86_400;
/** What ended longer ago is not kept: nobody is known for ever by what was feared of them once. */
const KEPT_SECONDS = 30 * DAY_SECONDS;

/** @throws AppError `not_found` unless the actor knows the person, `invalid_input`, `grant_required` */
export async function addWarning(unit: Unit, actor: Actor, citizenId: string, input: Input): Promise<Warning> {
  const id = await livingId(unit.tx, citizenId);
  await mustKnow(unit, actor, id);
  mustBeSound(unit, actor, input);
  await unit.tx.deleteFrom('citizen_warning').where('until', '<', addSeconds(unit.now, -KEPT_SECONDS)).execute();
  const row = await unit.tx
    .insertInto('citizen_warning')
    .values({ id: uuid(), citizen_id: id, ...columns(unit, actor, input) })
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.emit('citizen.changed', { citizenId: id });
  return presentWarning(row);
}

/** What it says, or until when. @throws AppError as `addWarning` */
export async function saveWarning(
  unit: Unit,
  actor: Actor,
  id: string,
  input: Input,
): Promise<{ citizenId: string; before: Warning; after: Warning }> {
  const { row, citizenId } = await lock(unit, actor, id);
  mustBeSound(unit, actor, input);
  const after = await unit.tx
    .updateTable('citizen_warning')
    .set(columns(unit, actor, input))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.emit('citizen.changed', { citizenId });
  return { citizenId, before: presentWarning(row), after: presentWarning(after) };
}

/** It no longer holds. @throws AppError `not_found` */
export async function removeWarning(
  unit: Unit,
  actor: Actor,
  id: string,
): Promise<{ citizenId: string; before: Warning }> {
  const { row, citizenId } = await lock(unit, actor, id);
  await unit.tx.deleteFrom('citizen_warning').where('id', '=', id).execute();
  unit.emit('citizen.changed', { citizenId });
  return { citizenId, before: presentWarning(row) };
}

async function lock(unit: Unit, actor: Actor, id: string): Promise<{ row: WarningRow; citizenId: string }> {
  const row = await unit.tx
    .selectFrom('citizen_warning')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.until <= unit.now || (row.protected && !actor.protectedGrant)) throw new AppError('not_found');
  const citizenId = await livingId(unit.tx, row.citizen_id);
  await mustKnow(unit, actor, citizenId);
  return { row, citizenId };
}

async function mustKnow(unit: Unit, actor: Actor, citizenId: string): Promise<void> {
  const acquaintance = (await acquaintances(unit.tx, actor, [citizenId])).get(citizenId);
  if (!acquaintance?.known) throw new AppError('not_found');
}

function mustBeSound(unit: Unit, actor: Actor, input: Input): void {
  const until = new Date(input.until);
  if (until <= unit.now || until > addSeconds(unit.now, WARNING_MOST_DAYS * DAY_SECONDS)) {
    throw new AppError('invalid_input', { until: input.until });
  }
  if (input.protected && !actor.protectedGrant) throw new AppError('grant_required');
}

const columns = (unit: Unit, actor: Actor, input: Input) => ({
  kind: input.kind,
  text: input.text,
  until: new Date(input.until),
  protected: input.protected,
  operator_id: actor.id,
  operator_name: actor.name,
  at: unit.now,
});
