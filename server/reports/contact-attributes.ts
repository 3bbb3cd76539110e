import { sql } from 'kysely';
import type { ChannelName } from '../contract/channel.ts';
import type { Tx } from '../database/database.ts';

/** What a contact is about and who may see it: facts of it that no line of its story tells. */
export interface Attributes {
  citizenId: string;
  channel: ChannelName;
  protected: boolean;
  /** What the bot last took it for, and was not corrected. */
  topic: string | null;
  /** Of the first case that it was about. */
  coloniaId: string | null;
  botTurns: number;
  botMissed: number;
}

/** Of those that are there, by ticket id. */
export async function loadAttributes(tx: Tx, ids: readonly string[]): Promise<Map<string, Attributes>> {
  const { rows } = await sql<Attributes & { id: string }>`
    select t.id, t.citizen_id as "citizenId", t.channel, t.protected, b.topic, p.colonia_id as "coloniaId",
      coalesce(b.turns, 0)::int as "botTurns", coalesce(b.missed, 0)::int as "botMissed"
    from ticket t
    left join lateral (
      select count(*) as turns, count(*) filter (where outcome = 'missed') as missed,
        (array_agg(understood order by up_to_seq desc) filter (where understood is not null and not corrected))[1] as topic
      from bot_turn where ticket_id = t.id
    ) b on true
    left join lateral (
      select c.colonia_id from case_ticket k join service_case c on c.id = k.case_id
      where k.ticket_id = t.id and c.colonia_id is not null and not c.protected
      order by c.opened_at, c.id limit 1
    ) p on true
    where t.id = any(${[...ids]})`.execute(tx);
  return new Map(rows.map(({ id, ...attributes }) => [id, attributes]));
}
