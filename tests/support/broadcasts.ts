import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Broadcast, BroadcastPreview } from '../../server/contract/broadcast.ts';
import type { ChannelName } from '../../server/contract/channel.ts';
import { api } from '../../server/contract/routes.ts';
import type { ContactCentre } from './contact-centre.ts';
import type { OperatorClient } from './operator-client.ts';
import { until } from './until.ts';

export interface Composed {
  caseId: string;
  text: string;
  template?: { id: string; variables: string[] };
}

/** Looks at who would get it, then sends it. */
export async function broadcasts(
  operator: OperatorClient,
  composed: Composed,
): Promise<{ preview: BroadcastPreview; broadcast: Broadcast }> {
  const preview = await operator.call(api.previewBroadcast, { body: composed });
  const body = { ...composed, clientId: randomUUID(), expectedRecipients: preview.recipients };
  return { preview, broadcast: await operator.call(api.createBroadcast, { body }) };
}

export const openBroadcast = (operator: OperatorClient, { id }: Pick<Broadcast, 'id'>) =>
  operator.call(api.openBroadcast, { params: { id } });

export function broadcastBecomes(
  operator: OperatorClient,
  { id }: Pick<Broadcast, 'id'>,
  holds: (broadcast: Broadcast) => boolean,
): Promise<Broadcast> {
  return until(
    async () => {
      const { broadcast } = await openBroadcast(operator, { id });
      return holds(broadcast) ? broadcast : null;
    },
    { what: `the notice ${id} to get there` },
  );
}

/** People who follow a case, as many as wanted; of the web chat, unless told otherwise. All have just written. */
export async function crowdFollows(
  centre: ContactCentre,
  caseId: string,
  count: number,
  { account, channel }: { account: string; channel: ChannelName } = { account: 'web', channel: 'chat' },
): Promise<void> {
  const { db } = centre.server.context.database;
  const now = centre.clock.now();
  await sql`
    with people as (
      insert into citizen (id, name, locale, created_at, updated_at)
      select gen_random_uuid(), 'Vecina ' || n, 'es', now(), now() from generate_series(1, ${count}::int) n returning id
    ), talks as (
      insert into conversation (id, citizen_id, channel_account_id, channel, address, locale, last_inbound_at,
        created_at, updated_at)
      select gen_random_uuid(), id, ${account}, ${channel}, id::text, 'es', ${now}, now(), now() from people
    ), counted as (
      update service_case set followers = followers + ${count}::int where id = ${caseId}::uuid
    )
    insert into case_follower (case_id, id, citizen_id, followed_at)
    select ${caseId}::uuid, gen_random_uuid(), id, now() from people`.execute(db);
}
