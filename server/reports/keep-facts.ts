import { type Insertable, sql } from 'kysely';
import type { AppContext } from '../context.ts';
import type { Tables, Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Attributes, loadAttributes } from './contact-attributes.ts';
import type { StoryLine, Stretch } from './contact-story.ts';
import { REPEAT_DAYS } from './counted-contacts.ts';
import { type FoldedContact, foldContact, type QueueClocks } from './fold-contact.ts';
import { loadQueueClocks } from './queue-clocks.ts';

/** One fold at a time in the whole installation, so that an older look never overwrites a newer one. */
const FACTS_LOCK = 4_200_021;
/** Stories read into memory at once. */
const AT_ONCE = 400;

type FactRow = Insertable<Tables['contact_fact']>;
type Parts = Pick<AppContext, 'unitOfWork' | 'city'>;

/** Folds every contact whose story went on. Another server that does so already is left to it. */
export async function keepFacts(parts: Parts): Promise<void> {
  while ((await parts.unitOfWork((unit) => keepSome(unit, parts.city))) > 0);
}

/** Folds every contact anew, from nothing but its story. @returns how many there are */
export async function rebuildFacts(parts: Parts): Promise<number> {
  await parts.unitOfWork(async ({ tx }) => {
    await sql`insert into contact_stale (ticket_id) select id from ticket order by created_at, id`.execute(tx);
  });
  await keepFacts(parts);
  return parts.unitOfWork(async ({ tx }) => {
    const { count } = await tx
      .selectFrom('contact_fact')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  });
}

/** @returns how many marks were worked off; a contact marked twice is folded once */
async function keepSome(unit: Unit, city: AppContext['city']): Promise<number> {
  const { tx } = unit;
  const { rows: lock } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(${FACTS_LOCK}) as ours`.execute(tx);
  if (!lock[0]?.ours) return 0;
  // Whatever line left one of these marks is committed, so the read below sees it; a later one leaves a mark of its own.
  const { rows: marks } = await sql<{ ticket_id: string }>`
    delete from contact_stale where id in (select id from contact_stale order by id limit ${AT_ONCE})
    returning ticket_id`.execute(tx);
  const ids = [...new Set(marks.map((mark) => mark.ticket_id))];
  if (ids.length > 0) await foldThese(tx, ids, await loadQueueClocks(tx, city));
  return marks.length;
}

async function foldThese(tx: Tx, ids: readonly string[], clocks: QueueClocks): Promise<void> {
  const [stories, attributes] = [await readStories(tx, ids), await loadAttributes(tx, ids)];
  const before = await tx.selectFrom('contact_fact').select('citizen_id').where('ticket_id', 'in', ids).execute();
  const facts: FactRow[] = [];
  const stretches: Insertable<Tables['contact_stretch']>[] = [];
  for (const [id, known] of attributes) {
    const folded = foldContact(stories.get(id) ?? [], clocks);
    if (!folded) continue;
    facts.push(factRow(id, known, folded));
    stretches.push(...folded.stretches.map((stretch, n) => stretchRow(id, n, stretch)));
  }
  if (facts.length === 0) return;
  await tx
    .insertInto('contact_fact')
    .values(facts)
    .onConflict((conflict) =>
      conflict.column('ticket_id').doUpdateSet(({ ref }) => {
        const columns = Object.keys(facts[0] as FactRow) as (keyof FactRow)[];
        return Object.fromEntries(columns.map((column) => [column, ref(`excluded.${column}`)]));
      }),
    )
    .execute();
  await tx.deleteFrom('contact_stretch').where('ticket_id', 'in', ids).execute();
  if (stretches.length > 0) await tx.insertInto('contact_stretch').values(stretches).execute();
  const citizens = [...facts, ...before].flatMap(({ citizen_id: id }) => id ?? []);
  await markReturns(tx, [...new Set(citizens)]);
}

/** Whether each contact of these people was followed by another one too soon: a new one may change what an old one is. */
async function markReturns(tx: Tx, citizenIds: readonly string[]): Promise<void> {
  await sql`
    update contact_fact f set came_back = n.came_back
    from (
      select c.ticket_id, c.closed_at is not null and exists (
          select from contact_fact later
          where later.citizen_id = c.citizen_id and later.outcome not in ('outbound', 'merged') and later.began_at > c.began_at
            and later.began_at <= c.closed_at + make_interval(days => ${REPEAT_DAYS})
        ) as came_back
      from contact_fact c where c.citizen_id = any(${[...citizenIds]}::uuid[])
    ) n
    where n.ticket_id = f.ticket_id and f.came_back <> n.came_back`.execute(tx);
}

async function readStories(tx: Tx, ids: readonly string[]): Promise<Map<string, StoryLine[]>> {
  const { rows } = await sql<StoryLine & { ticketId: string }>`
    select id, ticket_id as "ticketId", type, at, actor_type as "actorType", actor_id as "actorId",
      case when type in ('note', 'forwarded', 'forward_answered') then '{}' else data end as data
    from ticket_event where ticket_id = any(${[...ids]}) order by ticket_id, id`.execute(tx);
  return Map.groupBy(rows, ({ ticketId }) => ticketId);
}

const factRow = (ticketId: string, known: Attributes, folded: FoldedContact): FactRow => ({
  ticket_id: ticketId,
  began_at: folded.beganAt,
  citizen_id: known.citizenId,
  channel: known.channel,
  protected: known.protected,
  outcome: folded.outcome,
  with_bot: folded.withBot,
  queue_id: folded.queueId,
  queued_at: folded.queuedAt,
  answered_at: folded.answeredAt,
  abandoned_at: folded.abandonedAt,
  closed_at: folded.closedAt,
  waited_seconds: folded.waitedSeconds,
  level_seconds: folded.levelSeconds,
  late_at: folded.lateAt,
  bot_seconds: folded.parts.bot,
  wait_seconds: folded.parts.wait,
  shut_seconds: folded.parts.shut,
  active_seconds: folded.parts.active,
  hold_seconds: folded.parts.hold,
  wrap_seconds: folded.parts.wrap,
  aside_seconds: folded.parts.aside,
  closed_seconds: folded.parts.closed,
  wrap_beside_seconds: folded.wrapBesideSeconds,
  transfers: folded.transfers,
  reopenings: folded.reopenings,
  operator_id: folded.operatorId,
  topic: known.topic,
  colonia_id: known.coloniaId,
  disposition: folded.disposition,
  rating: folded.rating,
  bot_turns: known.botTurns,
  bot_missed: known.botMissed,
  last_event_id: folded.lastEventId,
  last_event_at: folded.lastEventAt,
});

const stretchRow = (ticketId: string, n: number, { operatorId, began, ended }: Stretch) => ({
  ticket_id: ticketId,
  n,
  operator_id: operatorId,
  began_at: new Date(began * 1_000),
  ended_at: ended === null ? null : new Date(ended * 1_000),
});
