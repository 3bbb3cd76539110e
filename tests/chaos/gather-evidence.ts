import type { Evidence, OfferEvidence, ResidentEvidence, StoredMessage, TicketEvidence } from './evidence.ts';
import type { ChaosOperator } from './operator.ts';
import type { ChaosResident } from './resident.ts';
import type { Stage } from './stage.ts';

const STORED = `
  select id, seq, conversation_id as "conversationId", external_id as "externalId", client_id as "clientId", direction
  from message`;
const TICKETS = `
  select t.id, t.state,
    case when t.state = 'bot' then (
      select count(*)::int from message m where m.ticket_id = t.id and m.direction = 'in' and m.seq > t.bot_seq
    ) else 0 end as unheard,
    (select coalesce(json_agg(json_build_object('type', e.type, 'actorId', e.actor_id) order by e.id), '[]')
      from ticket_event e where e.ticket_id = t.id) as events
  from ticket t`;
const OFFERS = `
  select ticket_id as "ticketId", operator_id as "operatorId", outcome is null as pending,
    expires_at < now() - interval '5 seconds' as expired
  from offer`;
const WORK_LEFT = `
  select (select count(*) from outbox) + (
    select count(*) from ticket t where t.state in ('waiting', 'offered', 'assigned') or (
      t.state = 'bot' and exists (
        select from message m where m.ticket_id = t.id and m.direction = 'in' and m.seq > t.bot_seq))
  ) as count`;

/** Whether nothing is under way any more: no job promised, nobody waiting, nothing the bot has not heard. */
export async function isQuiet(stage: Stage): Promise<boolean> {
  const [left] = await stage.query<{ count: string }>(WORK_LEFT);
  return Number(left?.count) === 0;
}

/** Looks at everything from every side. */
export async function gatherEvidence(
  stage: Stage,
  residents: readonly ChaosResident[],
  operators: readonly ChaosOperator[],
  supervisor: ChaosOperator,
): Promise<Evidence> {
  const seen: ResidentEvidence[] = [];
  for (const resident of residents) {
    const conversationId = resident.conversationId();
    seen.push({
      name: resident.name,
      conversationId,
      said: resident.said,
      seen: resident.seen,
      synced: await resident.readAll(),
      listed: conversationId ? await supervisor.read(conversationId) : [],
    });
  }
  return {
    residents: seen,
    replies: operators.flatMap((operator) => operator.replies),
    stored: await stage.query<StoredMessage>(STORED),
    tickets: await stage.query<TicketEvidence>(TICKETS),
    offers: await stage.query<OfferEvidence>(OFFERS),
    crashes: stage.crashes(),
  };
}
