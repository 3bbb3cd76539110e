import type { BotOutcome } from '../contract/bot.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { ConversationRow } from './append-messages.ts';
import type { TicketRow } from './change-ticket.ts';
import { updateCitizen } from './citizens.ts';

/** What a citizen told the bot of themselves: who they are, which language they write, that they read the notice. */
export async function keepWhatTheyTold(
  unit: Unit,
  { row, conversation, outcome }: { row: TicketRow; conversation: ConversationRow; outcome: BotOutcome },
): Promise<void> {
  const { citizen = {}, consent, locale } = outcome;
  const news = {
    ...(consent && consent !== conversation.consent_version && { consent_version: consent, consent_at: unit.now }),
    ...(locale && locale !== conversation.locale && { locale }),
  };
  if (Object.keys(news).length > 0) {
    await unit.tx.updateTable('conversation').set(news).where('id', '=', conversation.id).execute();
  }
  if (Object.keys(citizen).length > 0) await updateCitizen(unit, row.citizen_id, citizen);
  else if (consent) unit.emit('citizen.changed', { citizenId: row.citizen_id });
}
