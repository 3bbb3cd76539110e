import { sql } from 'kysely';
import { DateTime } from 'luxon';
import type { AppContext } from '../../context.ts';
import type { Board } from '../../contract/http.ts';
import { api } from '../../contract/routes.ts';
import { loadOperators } from '../../operators/people.ts';
import { loadPresences } from '../../routing/presence.ts';
import { openFigures } from '../../routing/queue-figures.ts';
import type { Register } from '../register.ts';

export function boardRoutes(register: Register, context: AppContext): void {
  const { database, figures, clock, city } = context;

  register(api.board, async ({ operator }) => {
    const startOfDay = DateTime.fromJSDate(clock.now(), { zone: city.timeZone }).startOf('day').toJSDate();
    const [queues, operators, presences, today] = await Promise.all([
      figures.current(),
      loadOperators(database.db),
      loadPresences(database.db),
      countToday(startOfDay, operator.protectedGrant),
    ]);
    const byId = new Map(presences.map((presence) => [presence.operatorId, presence]));
    return {
      queues: operator.protectedGrant ? queues : openFigures(queues),
      today,
      operators: operators.flatMap((operator) => {
        const presence = byId.get(operator.id);
        if (!presence || operator.disabled || operator.role === 'department') return [];
        return [{ operator: { id: operator.id, name: operator.name, role: operator.role }, presence }];
      }),
    };
  });

  /**
   * Contacts that began, were answered by a person, and were closed since local midnight. Service level: of those
   * answered today, the share accepted within their queue's seconds after they came into it.
   */
  async function countToday(since: Date, protectedToo: boolean): Promise<Board['today']> {
    const counted = protectedToo ? sql`true` : sql`not protected`;
    const { rows } = await sql<Board['today']>`
      select
        (select count(*)::int from ticket where created_at >= ${since} and ${counted}) as opened,
        (select count(*)::int from ticket where closed_at >= ${since} and state = 'closed' and ${counted}) as closed,
        (select avg(rating)::float from ticket where closed_at >= ${since} and state = 'closed' and ${counted}) as "averageRating",
        count(*)::int as "answeredByPerson",
        avg((extract(epoch from t.accepted_at - coalesce(t.waiting_since, t.accepted_at)) <= q.service_level_seconds)::int)::float
          as "withinServiceLevel"
      from ticket t join queue q on q.id = t.queue_id
      where t.accepted_at >= ${since} and ${protectedToo ? sql`true` : sql`not t.protected`}`.execute(database.db);
    return rows[0] as Board['today'];
  }
}
