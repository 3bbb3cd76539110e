import { addSeconds } from '../clock.ts';
import type { TicketRow } from '../conversations/change-ticket.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { readRoutingSettings } from './routing-settings.ts';
import { needsOf } from './skills.ts';

/** What a locked ticket is about was found out while it waited: from now on it needs who can answer that. */
export async function learnTopic(unit: Unit, ticket: TicketRow, topic: string): Promise<void> {
  const settings = await readRoutingSettings(unit.tx);
  const { locale } = await unit.tx
    .selectFrom('conversation')
    .select('locale')
    .where('id', '=', ticket.conversation_id)
    .executeTakeFirstOrThrow();
  const needs = needsOf(settings, { locale, channel: ticket.channel, about: [topic] });
  await unit.tx
    .updateTable('ticket')
    .set({ topic, needs: json(needs) })
    .where('id', '=', ticket.id)
    .execute();
  unit.enqueue('tickets.route', {});
  const since = ticket.waiting_since ?? unit.now;
  for (const { id, relaxAfterSeconds: after } of settings.skills) {
    if (after !== null && needs.includes(id)) unit.enqueue('tickets.route', {}, addSeconds(since, after));
  }
}
