import type { ChannelName } from '../contract/channel.ts';
import { AppError, type Locale } from '../contract/errors.ts';
import type { RoutingSettings } from '../contract/routing.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { readRoutingSettings } from './routing-settings.ts';

/** What matching knows of a contact. */
export interface Contact {
  locale: Locale;
  channel: ChannelName;
  /** What it may be about, ids of the catalogue, the likeliest first. */
  about: readonly string[];
}

/** Of what it may be about, the first that there is a skill for; null: none. */
export function topicOf(settings: RoutingSettings, about: readonly string[]): string | null {
  const named = new Set(settings.skills.flatMap(({ kind, neededBy }) => (kind === 'topic' ? neededBy : [])));
  return about.find((id) => named.has(id)) ?? null;
}

/** Ids of the skills it takes to answer a contact. */
export function needsOf(settings: RoutingSettings, { locale, channel, about }: Contact): string[] {
  const given = { language: locale, channel, topic: topicOf(settings, about) };
  return settings.skills
    .filter(({ kind, neededBy }) => neededBy.some((one) => one === given[kind]))
    .map(({ id }) => id);
}

/** What somebody can do from now on. @throws AppError `not_found` for a skill that there is not */
export async function setSkills(unit: Unit, operatorId: string, skillIds: readonly string[]): Promise<void> {
  await unit.tx.deleteFrom('operator_skill').where('operator_id', '=', operatorId).execute();
  const wanted = [...new Set(skillIds)];
  if (wanted.length > 0) {
    const { skills } = await readRoutingSettings(unit.tx);
    const known = new Set(skills.map(({ id }) => id));
    if (wanted.some((id) => !known.has(id))) throw new AppError('not_found');
    await unit.tx
      .insertInto('operator_skill')
      .values(wanted.map((skillId) => ({ operator_id: operatorId, skill_id: skillId })))
      .execute();
  }
  unit.emit('configuration.changed', 'operators');
  unit.enqueue('tickets.route', {});
}
