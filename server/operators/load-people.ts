import { sql } from 'kysely';
import { AppError } from '../contract/errors.ts';
import type { Me, Operator } from '../contract/http.ts';
import type { Permission } from '../contract/permissions.ts';
import type { Db } from '../database/database.ts';
import { effectivePermissions } from './roles/effective-permissions.ts';
import { parseSignInRules, SIGN_IN_KEY } from './roles/sign-in-rules.ts';
import { secondStepOf } from './second-step.ts';

/** Somebody of the console, with what they may do. */
export interface Person extends Operator {
  permissions: Permission[];
}

interface Row extends Pick<Operator, 'id' | 'name' | 'email' | 'role' | 'capacity' | 'disabled' | 'locale'> {
  role_id: string | null;
  role_name: string | null;
  role_since: Date | null;
  given: string[] | null;
  rules: unknown;
  queue_ids: string[];
  skill_ids: string[];
  department_id: string | null;
  protected_grant: boolean;
  two_factor_enabled: boolean;
}

/** People of the console with their queues; all, or those of `ids`. */
export async function loadOperators(db: Db, ids?: readonly string[]): Promise<Operator[]> {
  return (await loadPeople(db, ids)).map(({ permissions: _, ...operator }) => operator);
}

/** @throws AppError `not_found` */
export async function loadOperator(db: Db, id: string): Promise<Operator> {
  const { permissions: _, ...operator } = await loadPerson(db, id);
  return operator;
}

/** As `loadOperators`, with what each may do. */
export async function loadPeople(db: Db, ids?: readonly string[]): Promise<Person[]> {
  return (await select(db, ids)).map(personOf);
}

/** @throws AppError `not_found` */
export async function loadPerson(db: Db, id: string): Promise<Person> {
  const [person] = await loadPeople(db, [id]);
  if (!person) throw new AppError('not_found');
  return person;
}

export interface Standing {
  me: Me;
  /** Whoever comes by the city's own provider needs no second step of ours. */
  providerExempt: boolean;
}

/** People as each of them is told: with what they may do, and what their role requires of their sign-in. */
export async function loadStandings(db: Db, now: Date, ids?: readonly string[]): Promise<Standing[]> {
  return (await select(db, ids)).map((row) => {
    const rules = parseSignInRules(row.rules);
    const { role, role_id: roleId, role_since: roleSince, two_factor_enabled: enabled } = row;
    const secondStep = secondStepOf(rules, { role, roleId, roleSince, enabled }, now);
    return { me: { ...personOf(row), ...secondStep }, providerExempt: rules.providerExempt };
  });
}

/** One question for all of it: every request of somebody signed in begins with it. */
async function select(db: Db, ids?: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select o.id, o.name, o.email, o.role, o.capacity, o.disabled, o.locale, o.department_id, o.protected_grant,
      o.role_id, o.role_since, o.two_factor_enabled, r.name as role_name, r.permissions as given,
      (select value from setting where key = ${SIGN_IN_KEY}) as rules,
      array(select queue_id from queue_operator q where q.operator_id = o.id order by queue_id) as queue_ids,
      array(select skill_id from operator_skill s where s.operator_id = o.id order by skill_id) as skill_ids
    from operator o left join role r on r.id = o.role_id
    where ${ids ? sql`o.id = any(${[...ids]})` : sql`true`}
    order by o.disabled, lower(o.name)`.execute(db);
  return rows;
}

function personOf(row: Row): Person {
  const { id, name, email, role, capacity, disabled, locale } = row;
  const permissions = effectivePermissions(role, row.given);
  return {
    id,
    name,
    email,
    role,
    roleId: row.role_id,
    roleName: row.role_name,
    attends: permissions.includes('contacts.attend'),
    capacity,
    queueIds: row.queue_ids,
    skillIds: row.skill_ids,
    disabled,
    locale,
    departmentId: row.department_id,
    protectedGrant: row.protected_grant,
    permissions,
  };
}
