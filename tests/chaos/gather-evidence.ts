import type { ChaosCaller } from './caller.ts';
import { type ChaosCorrespondent, idOf } from './correspondent.ts';
import type {
  BoxedMail,
  Evidence,
  KeptCall,
  OfferEvidence,
  ResidentEvidence,
  StoredMessage,
  TicketEvidence,
} from './evidence.ts';
import type { ChaosOperator } from './operator.ts';
import type { ChaosResident } from './resident.ts';
import { MAILBOXES, type Stage } from './stage.ts';
import type { ChaosTexter } from './texter.ts';

const STORED = `
  select m.id, m.seq, m.conversation_id as "conversationId", m.external_id as "externalId", m.client_id as "clientId",
    m.direction, c.channel, m.failure->>'reason' as failure, e.internet_message_id as "internetMessageId",
    coalesce((select json_agg(p.provider_message_id) from message_piece p
      where p.message_id = m.id and p.provider_message_id is not null), '[]') as pieces
  from message m join conversation c on c.id = m.conversation_id left join email e on e.message_id = m.id`;
const TICKETS = `
  select t.id, t.state,
    case when t.state = 'bot' then (
      select count(*)::int from message m where m.ticket_id = t.id and m.direction = 'in' and m.seq > t.bot_seq
    ) else 0 end as unheard,
    (select coalesce(json_agg(json_build_object('type', e.type, 'actorId', e.actor_id) order by e.id), '[]')
      from ticket_event e where e.ticket_id = t.id) as events
  from ticket t`;
const CALLS = `
  select k.provider_call_id as "providerCallId", k.stage, k.started_at as "startedAt", k.ended_at as "endedAt",
    k.answered_at as "answeredAt", k.times,
    (select coalesce(json_agg(concat(l.role, ' ', l.operator_id)), '[]') from call_leg l
      where l.call_id = k.id and l.state in ('ringing', 'joined')) as "liveLegs"
  from call k`;
const OFFERS = `
  select ticket_id as "ticketId", operator_id as "operatorId", outcome is null as pending,
    expires_at < now() - interval '5 seconds' as expired
  from offer`;
const WORK_LEFT = `
  select (select count(*) from outbox) + (select count(*) from call where ended_at is null) + (select count(*) from message where status = 'queued') + (
    select count(*) from ticket t where t.state in ('waiting', 'offered', 'assigned') or (
      t.state = 'bot' and exists (
        select from message m where m.ticket_id = t.id and m.direction = 'in' and m.seq > t.bot_seq))
  ) as count`;

/**
 * Whether nothing is under way any more: no mail unread, no job promised, nothing to be sent, nobody waiting, nothing the
 * bot has not heard.
 */
export async function isQuiet(stage: Stage): Promise<boolean> {
  if ((await boxedMails(stage)).some(({ seen }) => !seen)) return false;
  const [left] = await stage.query<{ count: string }>(WORK_LEFT);
  return Number(left?.count) === 0;
}

async function boxedMails({ dovecot }: Stage): Promise<BoxedMail[]> {
  const boxes = await Promise.all(MAILBOXES.map((user) => dovecot.mails(user)));
  return boxes.flat().map((mail) => ({ internetMessageId: idOf(mail), seen: mail.seen }));
}

/** Looks at everything from every side. */
export async function gatherEvidence(
  stage: Stage,
  residents: readonly ChaosResident[],
  correspondents: readonly ChaosCorrespondent[],
  texters: readonly ChaosTexter[],
  callers: readonly ChaosCaller[],
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
    mails: correspondents.flatMap(({ fed }) => fed),
    texts: texters.flatMap(({ fed }) => fed),
    callers: callers.flatMap(({ made }) => made),
    calls: await stage.query<KeptCall>(CALLS),
    taken: stage.taken(),
    mailboxes: await boxedMails(stage),
    sent: stage.mailServer.accepted.map(({ messageId, text }) => ({
      internetMessageId: messageId?.replace(/^<|>$/g, '') ?? '',
      text: text ?? '',
    })),
    stored: await stage.query<StoredMessage>(STORED),
    tickets: await stage.query<TicketEvidence>(TICKETS),
    offers: await stage.query<OfferEvidence>(OFFERS),
    crashes: stage.crashes(),
  };
}
