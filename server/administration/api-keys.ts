import { createHash, randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { addSeconds } from '../clock.ts';
import type { ApiKey, createApiKeySchema, Scope } from '../contract/administration.ts';
import { AppError } from '../contract/errors.ts';
import type { Me } from '../contract/http.ts';
import { permissionsOfBase } from '../contract/permissions.ts';
import type { Db, Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** So that people and scanners of leaked secrets know what they have found. */
const PREFIX = 'linea_';
/** How exact "last used" is: a write for every request would tell no more. */
const USED_SECONDS = 60;

const digest = (key: string): string => createHash('sha256').update(key).digest('hex');

type Row = Selectable<Tables['api_key']>;

const present = (row: Row): ApiKey => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** Keys that open something first, newest first. */
export async function listApiKeys(db: Db): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_key')
    .selectAll()
    .orderBy('revoked_at', (order) => order.desc().nullsFirst())
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(present);
}

/** Makes a key. `key` is told this once: what is kept only recognises it. */
export async function createApiKey(
  unit: Unit,
  creator: string,
  input: z.output<typeof createApiKeySchema>,
): Promise<ApiKey & { key: string }> {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const row = await unit.tx
    .insertInto('api_key')
    .values({
      id: uuid(),
      name: input.name,
      hash: digest(key),
      hint: key.slice(-4),
      scopes: json([...new Set(input.scopes)]),
      created_by: creator,
      created_at: unit.now,
      expires_at: input.expiresAt ? new Date(input.expiresAt) : null,
      last_used_at: null,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...present(row), key };
}

/** Opens nothing from now on. Again changes nothing. @throws AppError `not_found` */
export async function revokeApiKey(unit: Unit, id: string): Promise<ApiKey> {
  await unit.tx
    .updateTable('api_key')
    .set({ revoked_at: unit.now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
  const row = await unit.tx.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return present(row);
}

export interface KeyHolder {
  /** Who acts, as the parts of the server know people: sees what a supervisor sees, and nothing protected. */
  operator: Me;
  scopes: ReadonlySet<Scope>;
}

/** The key in `authorization: Bearer …`, or null when another kind of proof is given. */
export function keyIn(authorization: string | undefined): string | null {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  return token?.startsWith(PREFIX) ? token : null;
}

/** Whoever holds `key`, which opens something at `now`; null otherwise. */
export async function findKeyHolder(db: Db, key: string, now: Date): Promise<KeyHolder | null> {
  const row = await db.selectFrom('api_key').selectAll().where('hash', '=', digest(key)).executeTakeFirst();
  if (!row || row.revoked_at || (row.expires_at && row.expires_at <= now)) return null;
  if (!row.last_used_at || row.last_used_at < addSeconds(now, -USED_SECONDS)) {
    await db.updateTable('api_key').set({ last_used_at: now }).where('id', '=', row.id).execute();
  }
  const operator: Me = {
    id: row.id,
    name: row.name,
    email: '',
    role: 'supervisor',
    roleId: null,
    roleName: null,
    attends: false,
    permissions: [...permissionsOfBase.supervisor],
    secondStep: 'free',
    secondStepDueAt: null,
    capacity: 1,
    queueIds: [],
    skillIds: [],
    disabled: false,
    locale: 'es',
    departmentId: null,
    protectedGrant: false,
  };
  return { operator, scopes: new Set(row.scopes) };
}
