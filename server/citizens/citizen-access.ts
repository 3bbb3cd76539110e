import { sql } from 'kysely';
import { caseSeenBy } from '../cases/case-access.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { ticketSeenBy } from '../operators/ticket-seen-by.ts';

/** What somebody of the console has to do with a person. */
export interface Acquaintance {
  /** They may see a contact of this person; of somebody without contacts, a case. */
  known: boolean;
  /** Something of this person is protected. */
  protected: boolean;
}

/** By id, of people who live: see `livingId`. */
export async function acquaintances(
  db: Db,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Acquaintance>> {
  const { rows } = await sql<{ id: string } & Acquaintance>`
    select p.id,
      exists (select from ticket t where t.citizen_id = p.id and ${ticketSeenBy(actor)})
      or (not exists (select from ticket t where t.citizen_id = p.id)
        and exists (select from service_case c where c.citizen_id = p.id and ${caseSeenBy(actor)})) as known,
      exists (select from ticket t where t.citizen_id = p.id and t.protected)
      or exists (select from service_case c where c.citizen_id = p.id and c.protected) as protected
    from unnest(${[...ids]}::uuid[]) as p (id)`.execute(db);
  return new Map(rows.map(({ id, ...acquaintance }) => [id, acquaintance]));
}

/** Whoever is protected is joined and parted by people with the grant alone; to others it looks as if there was nobody. */
export const mayJoin = (
  actor: Pick<Actor, 'protectedGrant'>,
  { known, protected: isProtected }: Acquaintance,
): boolean => known && (!isProtected || actor.protectedGrant);

/** @throws AppError `not_found`, so that nobody learns who there is */
export async function mustMayJoin(db: Db, actor: Actor, ids: readonly string[]): Promise<void> {
  for (const acquaintance of (await acquaintances(db, actor, ids)).values()) {
    if (!mayJoin(actor, acquaintance)) throw new AppError('not_found');
  }
}
