import { v7 as uuid } from 'uuid';
import type { ChannelName } from '../contract/channel.ts';
import type { Template } from '../contract/messaging.ts';
import type { Spoken } from '../contract/voice.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import { citizenActor, lockTicket, systemActor, type TicketRow } from '../conversations/change-ticket.ts';
import { endTicket } from '../conversations/end-ticket.ts';
import { fillTemplate } from '../delivery/fill-template.ts';
import { addressKey } from '../ingest/address-key.ts';
import { openConversations } from '../ingest/open-conversations.ts';
import { openTickets } from '../ingest/open-tickets.ts';
import { CHAT_ACCOUNT } from '../residents/chat-page.ts';
import { dropOfferFor } from '../routing/offers.ts';
import { queueTicket } from '../routing/queue-ticket.ts';
import { type CallerScene, changeScene, numberOf, speak } from './caller/caller-scene.ts';
import { makeChatLink } from './chat-link.ts';
import { textAccountFor, textCaller } from './text-caller.ts';

/** How a caller can go on in writing: in the chat they see, by a template on WhatsApp, by a text with a link to the chat. */
export type WayOn = 'chat' | 'whatsapp' | 'sms';

interface Address {
  accountId: string;
  channel: ChannelName;
  address: string;
}

/** How this caller could go on; null when the city has no way to them. */
export function wayOn(scene: CallerScene): WayOn | null {
  if (scene.call.line === 'web') return 'chat';
  const phone = numberOf(scene);
  if (!phone) return null;
  if (whatsappOf(scene)) return 'whatsapp';
  return textAccountFor(scene.context.accounts, scene.conversation) ? 'sms' : null;
}

/** The first account on WhatsApp by which a template for this can leave, in the caller's language or the city's first. */
function whatsappOf({ context, conversation }: CallerScene): { accountId: string; template: Template } | null {
  for (const { id, channel } of context.accounts.values()) {
    if (channel !== 'whatsapp') continue;
    const templates = context.windows
      .templates({ channel, channel_account_id: id })
      .filter(({ purpose }) => purpose === 'call');
    const template = templates.find(({ language }) => language.startsWith(conversation.locale)) ?? templates[0];
    if (template) return { accountId: id, template };
  }
  return null;
}

/**
 * They go on in writing with the place that they had: a contact there with the same clock, queue and priority, and the
 * call's is over. @returns what they are told before the call ends
 */
export async function moveToChat(scene: CallerScene, way: WayOn): Promise<Spoken> {
  if (way === 'chat') {
    await goOnIn(scene, { accountId: CHAT_ACCOUNT, channel: 'chat', address: scene.conversation.address });
  } else if (way === 'whatsapp') await goOnByWhatsapp(scene, numberOf(scene) ?? '');
  else await goOnByLink(scene);
  await leaveQueue(scene);
  return speak(scene, `call.moved_${way}`);
}

async function goOnByWhatsapp(scene: CallerScene, phone: string): Promise<void> {
  const { unit, context } = scene;
  const found = whatsappOf(scene);
  if (!found) throw new Error('WhatsApp has no template for callers any more');
  const { accountId, template } = found;
  const { conversation, ticket } = await takePlace(scene, { accountId, channel: 'whatsapp', address: phone });
  const part = fillTemplate([template], { id: template.id, variables: [] });
  await context.say(unit, conversation, ticket, [{ author: systemActor, parts: [part], externalId: idOf(scene) }]);
}

/** The chat of somebody new, and a text message with the link that opens it as them. */
async function goOnByLink(scene: CallerScene): Promise<void> {
  const { unit, context } = scene;
  const visitor = context.visitorTokens.issue();
  await goOnIn(scene, { accountId: CHAT_ACCOUNT, channel: 'chat', address: visitor.address });
  // Behind the hash it reaches neither servers nor their logs.
  const code = await makeChatLink(unit, scene.call.id, visitor.address);
  const link = `${context.cases.publicUrl}/#seguir=${code}`;
  const { text } = speak(scene, 'call.moved_text', { line: context.city.contactName, link });
  await textCaller(unit, context, scene.conversation, [{ text, externalId: `${idOf(scene)}:link` }]);
}

async function goOnIn(scene: CallerScene, address: Address): Promise<void> {
  const { conversation, ticket } = await takePlace(scene, address);
  const { text } = speak(scene, 'call.moved_here');
  await scene.context.say(scene.unit, conversation, ticket, [
    { author: systemActor, parts: [{ type: 'text', text }], externalId: idOf(scene) },
  ]);
}

const idOf = ({ call }: CallerScene): string => `call:${call.id}:moved`;

/** The caller's conversation there, as the same person. */
async function conversationAt(scene: CallerScene, { accountId, channel, address }: Address): Promise<ConversationRow> {
  const { unit, conversation } = scene;
  await unit.tx
    .insertInto('identity')
    .values({ id: uuid(), citizen_id: conversation.citizen_id, channel, address, created_at: unit.now })
    .onConflict((conflict) => conflict.columns(['channel', 'address']).doNothing())
    .execute();
  const sender = { accountId, channel, address, locale: conversation.locale };
  const found = (await openConversations(unit, [sender])).get(addressKey(accountId, address));
  if (!found) throw new Error('A conversation that was just made is gone');
  return found;
}

/** A contact there that waits where the call waited. One that people hold already stays with them. */
async function takePlace(
  scene: CallerScene,
  address: Address,
): Promise<{ conversation: ConversationRow; ticket: TicketRow }> {
  const { unit, ticket: call } = scene;
  const conversation = await conversationAt(scene, address);
  const queueId = call.queue_id ?? undefined;
  const contact = { conversation, queueId, subject: null, automatic: false, beginsNothing: false };
  const opened = (await openTickets(unit, [contact], call.priority)).tickets.get(conversation.id);
  if (!opened) throw new Error('A contact that was just opened is gone');
  let ticket = await lockTicket(unit.tx, opened.id);
  if (ticket.state === 'bot') {
    ticket = await queueTicket(unit, ticket, {
      queueId,
      event: { type: 'queued', actor: citizenActor(ticket), data: { reason: 'asked' } },
    });
  }
  if (ticket.state === 'waiting' || ticket.state === 'offered') ticket = await giveClock(scene, ticket);
  return { conversation, ticket };
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/** The earlier of two places and of two waits, with what is known of the call. */
async function giveClock({ unit, ticket: call }: CallerScene, ticket: TicketRow): Promise<TicketRow> {
  const since = ticket.waiting_since ?? unit.now;
  const moved = await unit.tx
    .updateTable('ticket')
    .set({
      clock_at: earlier(call.clock_at, ticket.clock_at),
      waiting_since: earlier(call.waiting_since ?? since, since),
      priority: Math.min(call.priority, ticket.priority),
      summary: ticket.summary ?? call.summary,
      version: ticket.version + 1,
      updated_at: unit.now,
    })
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.emit('tickets.changed', [ticket.id]);
  unit.enqueue('tickets.route', {});
  return moved;
}

/** The call's contact is over; what became of it is on record. */
async function leaveQueue(scene: CallerScene): Promise<void> {
  const { unit, ticket, conversation, context } = scene;
  await dropOfferFor(unit, ticket.id);
  await unit.tx
    .updateTable('callback')
    .set({ done_at: unit.now })
    .where('ticket_id', '=', ticket.id)
    .where('done_at', 'is', null)
    .execute();
  await changeScene(scene, {}, [{ kind: 'outcome', outcome: 'moved' }]);
  scene.ticket = await endTicket(
    unit,
    context.say,
    { ticket, conversation },
    { actor: citizenActor(ticket), disposition: null, notice: null },
  );
}
