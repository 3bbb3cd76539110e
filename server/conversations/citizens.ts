import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { Citizen, updateCitizenSchema } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** A person with their addresses and the privacy notice they accepted last. @throws AppError `not_found` */
export async function loadCitizen(db: Db, id: string): Promise<Citizen> {
  const [citizen, identities, consent] = await Promise.all([
    db.selectFrom('citizen').selectAll().where('id', '=', id).executeTakeFirst(),
    db.selectFrom('identity').selectAll().where('citizen_id', '=', id).orderBy('created_at').execute(),
    db
      .selectFrom('conversation')
      .select(['consent_version', 'consent_at'])
      .where('citizen_id', '=', id)
      .where('consent_version', 'is not', null)
      .orderBy('consent_at', 'desc')
      .executeTakeFirst(),
  ]);
  if (!citizen) throw new AppError('not_found');
  return {
    id: citizen.id,
    name: citizen.name,
    email: citizen.email,
    phone: citizen.phone,
    locale: citizen.locale,
    preferredChannel: citizen.preferred_channel,
    about: citizen.about,
    identities: identities.map((identity) => ({
      channel: identity.channel,
      address: identity.address,
      displayName: identity.display_name,
      optedOutAt: identity.opted_out_at?.toISOString() ?? null,
    })),
    consent:
      consent?.consent_version && consent.consent_at
        ? { version: consent.consent_version, at: consent.consent_at.toISOString() }
        : null,
    createdAt: citizen.created_at.toISOString(),
  };
}

/** Corrects what is known of a person; `null` removes. Their tickets show it at once. @throws AppError `not_found` */
export async function updateCitizen(
  unit: Unit,
  id: string,
  { preferredChannel, ...change }: z.output<typeof updateCitizenSchema>,
): Promise<{ before: Citizen; after: Citizen }> {
  const before = await loadCitizen(unit.tx, id);
  await unit.tx
    .updateTable('citizen')
    .set({
      ...change,
      ...(preferredChannel === undefined ? {} : { preferred_channel: preferredChannel }),
      updated_at: unit.now,
    })
    .where('id', '=', id)
    .execute();
  const tickets = await unit.tx
    .updateTable('ticket')
    .set((column) => ({ version: column('version', '+', 1) }))
    .where('citizen_id', '=', id)
    .where('state', '<>', 'closed')
    .returning('id')
    .execute();
  unit.emit(
    'tickets.changed',
    tickets.map((ticket) => ticket.id),
  );
  unit.emit('citizen.changed', { citizenId: id });
  return { before, after: await loadCitizen(unit.tx, id) };
}
