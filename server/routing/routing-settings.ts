import { z } from 'zod';
import type { Place } from '../city/business-hours.ts';
import type { City } from '../contract/city.ts';
import { type RoutingSettings, routingSettingsSchema } from '../contract/routing.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

const RULES = 'routing';
const PLACE = 'place';
const placeSchema = z.object({ timeZone: z.string(), country: z.string(), state: z.string() });

/** Who is asked to take what, as the city or an administrator says. */
export async function readRoutingSettings(db: Db): Promise<RoutingSettings> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', RULES).executeTakeFirst();
  return settingsOf(row?.value);
}

/** Both kept beside the queue, so that a transaction reads them where it works. @param kept settings by key */
export function rulesAndPlace(kept: Record<string, unknown> | null): { settings: RoutingSettings; place: Place } {
  const place = placeSchema.safeParse(kept?.[PLACE]);
  return {
    settings: settingsOf(kept?.[RULES]),
    place: place.success ? place.data : { timeZone: 'UTC', country: 'MX', state: '' },
  };
}

/** Whoever waits now is matched by the new rules at once. */
export async function saveRoutingSettings(unit: Unit, settings: RoutingSettings): Promise<RoutingSettings> {
  await keep(unit, RULES, settings, true);
  // Nobody keeps what there no longer is.
  await unit.tx
    .deleteFrom('operator_skill')
    .where('skill_id', 'not in', ['', ...settings.skills.map(({ id }) => id)])
    .execute();
  unit.emit('configuration.changed', 'routing');
  unit.emit('configuration.changed', 'operators');
  unit.enqueue('tickets.route', {});
  return settings;
}

/**
 * The city's rules, unless there are some; and where the city is, which is always as its content says.
 */
export async function seedRouting(unit: Unit, city: Pick<City, 'skills' | 'routing' | keyof Place>): Promise<void> {
  await keep(unit, RULES, { ...city.routing, skills: city.skills }, false);
  const { timeZone, country, state } = city;
  await keep(unit, PLACE, { timeZone, country, state }, true);
}

function settingsOf(value: unknown): RoutingSettings {
  const kept = routingSettingsSchema.safeParse(value);
  return kept.success ? kept.data : routingSettingsSchema.parse({});
}

async function keep(unit: Unit, key: string, value: unknown, anew: boolean): Promise<void> {
  await unit.tx
    .insertInto('setting')
    .values({ key, value: json(value), updated_at: unit.now })
    .onConflict((conflict) =>
      anew
        ? conflict.column('key').doUpdateSet({ value: json(value), updated_at: unit.now })
        : conflict.column('key').doNothing(),
    )
    .execute();
}
