import type { Db } from '../../database/database.ts';

export interface KnownPerson {
  name: string;
  protectedGrant: boolean;
}

/** Those of the addresses that people of the console sign in with, who can still sign in. */
export async function peopleAt(db: Db, addresses: readonly string[]): Promise<Map<string, KnownPerson>> {
  if (addresses.length === 0) return new Map();
  const rows = await db
    .selectFrom('operator')
    .select(({ fn }) => ['name', 'protected_grant', fn<string>('lower', ['email']).as('address')])
    .where(({ fn }) => fn<string>('lower', ['email']), 'in', [...addresses])
    .where('disabled', '=', false)
    .execute();
  return new Map(rows.map(({ address, name, protected_grant: protectedGrant }) => [address, { name, protectedGrant }]));
}
