import type { z } from 'zod';
import { mustSeeCase } from '../cases/case-access.ts';
import type { CaseRow } from '../cases/case-row.ts';
import type { BroadcastPreview, composeBroadcastSchema, Reach } from '../contract/broadcast.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { TemplatePart } from '../contract/message.ts';
import type { Db } from '../database/database.ts';
import { fillTemplate } from '../delivery/fill-template.ts';
import type { Actor } from '../operators/actor.ts';
import type { BroadcastParts } from './broadcast-parts.ts';
import { waysTo } from './ways.ts';

/**
 * Who would get a notice how, if it went out now.
 * @throws AppError `not_found` for a case that the actor may not see, and what `fillTemplate` throws
 */
export async function previewBroadcast(
  db: Db,
  parts: BroadcastParts,
  actor: Actor,
  input: z.output<typeof composeBroadcastSchema>,
  now: Date,
): Promise<BroadcastPreview> {
  const row = await db.selectFrom('service_case').selectAll().where('id', '=', input.caseId).executeTakeFirst();
  mustSeeCase(actor, row);
  const people = await peopleOf(db, row);
  const ways = await waysTo(db, parts, row, people, templateOf(parts, input), now);
  return {
    recipients: people.length,
    reach: counted([...ways.values()].map((way) => asSeenBy(actor, way))),
    needsApproval: needsApproval(parts, people.length),
    approvalAbove: parts.city.broadcastApprovalAbove,
  };
}

/** Who filed a case and who follows it, each person once. */
export async function peopleOf(db: Db, row: Pick<CaseRow, 'id' | 'citizen_id'>): Promise<string[]> {
  const followers = await db
    .selectFrom('case_follower')
    .select('citizen_id')
    .distinct()
    .where('case_id', '=', row.id)
    .orderBy('citizen_id')
    .execute();
  return [...new Set([...(row.citizen_id ? [row.citizen_id] : []), ...followers.map((each) => each.citizen_id)])];
}

export const templateOf = (
  { city }: Pick<BroadcastParts, 'city'>,
  { template }: Pick<z.output<typeof composeBroadcastSchema>, 'template'>,
): TemplatePart | null => (template ? fillTemplate(city.templates, template) : null);

export const needsApproval = ({ city }: Pick<BroadcastParts, 'city'>, recipients: number): boolean =>
  recipients > city.broadcastApprovalAbove;

/** That somebody among the followers is protected, people without the grant must not learn even as a number. */
export const asSeenBy = <W extends { how: Reach; channel: ChannelName | null }>(
  actor: Pick<Actor, 'protectedGrant'>,
  way: W,
): W => (way.how === 'unsafe' && !actor.protectedGrant ? { ...way, how: 'unreachable', channel: null } : way);

/** The ones that reach people first, the most of them before others. */
const ORDER: Reach[] = ['text', 'template', 'opted_out', 'unreachable', 'unsafe'];

export function counted(
  ways: readonly { how: Reach; channel: ChannelName | null; count?: number }[],
): BroadcastPreview['reach'] {
  const groups = new Map<string, BroadcastPreview['reach'][number]>();
  for (const { how, channel, count = 1 } of ways) {
    const key = `${channel} ${how}`;
    groups.set(key, { channel, how, count: (groups.get(key)?.count ?? 0) + count });
  }
  return [...groups.values()].sort(
    (one, other) => ORDER.indexOf(one.how) - ORDER.indexOf(other.how) || other.count - one.count,
  );
}
