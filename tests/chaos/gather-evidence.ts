import { until } from '../support/until.ts';
import type { Evidence, ShownMessage } from './judge.ts';
import type { ChaosOperator } from './operator.ts';
import type { ChaosResident } from './resident.ts';
import type { Stage } from './stage.ts';

/** Contacts of the bot with something said after what it dealt with last. */
const UNANSWERED = `select count(*)::int as count from ticket t where t.state = 'bot' and exists (
  select from message m where m.ticket_id = t.id and m.direction = 'in' and m.seq > t.bot_seq)`;
const STALE_OFFERS = `select count(*)::int as count from offer where outcome is null and expires_at < now() - interval '5 seconds'`;
const DOUBLE_OFFERS = `select count(*)::int as count from (
  select ticket_id from offer where outcome is null group by ticket_id having count(*) > 1) twice`;

/** Waits until the machinery has caught up, then looks at everything from every side. */
export async function gatherEvidence(
  stage: Stage,
  residents: readonly ChaosResident[],
  operators: readonly ChaosOperator[],
  supervisor: ChaosOperator,
): Promise<Evidence> {
  const count = async (sql: string) => (await stage.query<{ count: number }>(sql))[0]?.count ?? 0;
  await until(async () => (await count(UNANSWERED)) === 0 && (await count(STALE_OFFERS)) === 0, {
    timeout: 75_000,
    what: 'everything to be dealt with',
  }).catch(() => {});

  const evidence: Evidence['residents'][number][] = [];
  for (const resident of residents) {
    const id = resident.conversationId() ?? '';
    const stored = await stage.query<ShownMessage>(
      `select seq, client_id as "clientId", direction from message where conversation_id = $1 order by seq`,
      [id],
    );
    evidence.push({
      name: resident.name,
      tried: resident.tried,
      acknowledged: resident.acknowledged,
      shown: await resident.readAll(),
      shownToOperator: await supervisor.read(id),
      stored,
    });
  }
  const answers = await stage.query<{ id: string }>(
    `select client_id as id from message where author_type = 'operator' and client_id is not null`,
  );
  return {
    residents: evidence,
    answers: {
      acknowledged: operators.flatMap((operator) => operator.acknowledged),
      stored: answers.map(({ id }) => id),
    },
    unanswered: await count(UNANSWERED),
    doubleOffers: await count(DOUBLE_OFFERS),
    staleOffers: await count(STALE_OFFERS),
  };
}
