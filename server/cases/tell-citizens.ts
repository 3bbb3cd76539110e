import type { Part } from '../contract/message.ts';
import { type ConversationRow, lockConversations } from '../conversations/append-messages.ts';
import { openTicketsOf } from '../conversations/open-tickets-of.ts';
import type { Speech } from '../conversations/say.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseRow } from './case-row.ts';
import { neutralNews, newsParts, newsTemplate } from './case-words.ts';
import type { ChangedCase } from './change-case.ts';
import { followsOf, secretFor } from './followers-secret.ts';
import { newestConversations } from './newest-conversations.ts';

/** People told in one transaction: each needs the lock of their conversation. */
const AT_ONCE = 20;

/**
 * Tells whoever filed a case what became of it, in their newest conversation, and begins to tell its followers; a job
 * goes on where there are many. Of a protected case nothing leaves but what was agreed on.
 * @param except who made the change themselves
 */
export async function tellCitizens(
  unit: Unit,
  parts: CaseParts,
  changed: ChangedCase,
  { except }: { except: string | null },
): Promise<void> {
  const { row, event } = changed;
  if (row.protected) return tellSafely(unit, parts, changed);
  const reporters = row.citizen_id && row.citizen_id !== except ? [row.citizen_id] : [];
  const followers = await nextFollowers(unit, row, null);
  await tell(unit, parts, changed, [...reporters, ...followers.filter((id) => id !== except)]);
  await goOn(unit, event.id, followers);
}

/** Tells the next followers of what happened; what the job does. */
export async function tellMoreFollowers(unit: Unit, parts: CaseParts, eventId: number): Promise<void> {
  const event = await unit.tx
    .selectFrom('case_event')
    .selectAll()
    .where('id', '=', eventId)
    .forUpdate()
    .executeTakeFirst();
  if (!event?.telling_after) return;
  const row = await unit.tx.selectFrom('service_case').selectAll().where('id', '=', event.case_id).executeTakeFirst();
  if (!row || row.protected) return goOn(unit, eventId, []);
  const followers = await nextFollowers(unit, row, event.telling_after);
  await tell(unit, parts, { row, event }, followers);
  await goOn(unit, eventId, followers);
}

async function goOn(unit: Unit, eventId: number, told: readonly string[]): Promise<void> {
  const more = told.length === AT_ONCE ? (told.at(-1) ?? null) : null;
  await unit.tx.updateTable('case_event').set({ telling_after: more }).where('id', '=', eventId).execute();
  if (more) unit.enqueue('outbound.case_news', { eventId });
}

/** Whoever filed it is told first, and once, though they may follow it as somebody else. */
async function nextFollowers(unit: Unit, row: CaseRow, after: string | null): Promise<string[]> {
  const rows = await unit.tx
    .selectFrom('case_follower')
    .select('citizen_id')
    .distinct()
    .where('case_id', '=', row.id)
    .$if(row.citizen_id !== null, (query) => query.where('citizen_id', '<>', row.citizen_id))
    .$if(after !== null, (query) => query.where('citizen_id', '>', after))
    .orderBy('citizen_id')
    .limit(AT_ONCE)
    .execute();
  return rows.map((row) => row.citizen_id);
}

async function tell(unit: Unit, parts: CaseParts, changed: ChangedCase, citizenIds: readonly string[]): Promise<void> {
  if (citizenIds.length === 0) return;
  const { row } = changed;
  const addressed = await newestConversations(unit, citizenIds);
  const follows = await followsOf(unit.tx, row.id, citizenIds);
  await sayTo(unit, parts, changed, addressed, (conversation) => {
    const template = parts.windows.isOpen(conversation, unit.now) ? null : newsTemplate(parts, row, conversation);
    if (template) return [template];
    return newsParts(
      parts,
      changed,
      conversation.locale,
      secretFor(parts.secrets, row, conversation.citizen_id, follows),
    );
  });
}

/** Only where they said that it is safe, in the conversation they said it in, and in words that say nothing. */
async function tellSafely(unit: Unit, parts: CaseParts, changed: ChangedCase): Promise<void> {
  const { row } = changed;
  if (row.safe_contact?.channel !== 'this_chat' || !row.conversation_id) return;
  await sayTo(unit, parts, changed, [row.conversation_id], ({ locale }) => neutralNews(parts, locale));
}

async function sayTo(
  unit: Unit,
  { say, city }: CaseParts,
  { row, event }: ChangedCase,
  conversationIds: readonly string[],
  wordsFor: (conversation: ConversationRow) => Part[],
): Promise<void> {
  if (conversationIds.length === 0) return;
  const conversations = [...(await lockConversations(unit.tx, conversationIds)).values()];
  const externalId = (conversation: ConversationRow) => `case:${event.id}:${conversation.id}`;
  const tickets = await openTicketsOf(unit.tx, conversationIds);
  const said = await alreadySaid(unit, conversations, externalId);
  const name = row.protected ? city.contactName : (city.departments[row.department_id] ?? city.contactName);
  const speeches = conversations
    .filter((conversation) => !said.has(externalId(conversation)))
    .map(
      (conversation): Speech => ({
        conversation,
        ticket: tickets.get(conversation.id) ?? null,
        utterances: [
          {
            author: { type: 'department', id: null, name },
            parts: wordsFor(conversation),
            externalId: externalId(conversation),
          },
        ],
      }),
    );
  await say.toMany(unit, speeches);
}

/** By a batch that was interrupted after its commit, and runs again. */
async function alreadySaid(
  unit: Unit,
  conversations: readonly ConversationRow[],
  externalId: (conversation: ConversationRow) => string,
): Promise<Set<string>> {
  const rows = await unit.tx
    .selectFrom('message')
    .select('external_id')
    .where('channel_account_id', 'in', [
      ...new Set(conversations.map((conversation) => conversation.channel_account_id)),
    ])
    .where('external_id', 'in', conversations.map(externalId))
    .execute();
  return new Set(rows.map((row) => row.external_id));
}
