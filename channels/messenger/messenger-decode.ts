import type { InboundChange, InboundEvent, InboundMessage } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { Part } from '../../server/contract/message.ts';
import type { MetaSettings, ProviderInput } from '../../server/contract/messaging.ts';
import { type Content, choicePart, contentOf, referralParts } from './messenger-parts.ts';
import type { MessengerEvent } from './messenger-payload.ts';

/** Messenger names some reactions and draws others. */
const reactions: Record<string, string | undefined> = {
  love: '❤️',
  like: '👍',
  dislike: '👎',
  smile: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
};

/** What was done to a message that was sent before; null for what is no change. */
export function changeOf({ message, reaction, message_edit: edit, timestamp }: MessengerEvent): InboundChange | null {
  const made = (target: string, mark: string, change: InboundChange['change']): InboundChange => ({
    type: 'change',
    // None of these has an id of its own.
    externalId: `${target.slice(0, 340)}/${mark}`,
    target,
    change,
  });
  if (message?.is_deleted) return made(message.mid, 'deleted', { kind: 'deleted' });
  if (reaction) {
    const emoji = reaction.emoji || reactions[reaction.reaction ?? ''] || '👍';
    const isTaken = reaction.action === 'unreact';
    return made(reaction.mid, `reaction/${timestamp ?? 0}`, {
      kind: 'reaction',
      emoji: isTaken ? null : emoji.slice(0, 40),
    });
  }
  if (edit?.text?.trim() && edit.num_edit !== 0) {
    const text = edit.text.slice(0, limits.storedTextLength);
    return made(edit.mid, `edit/${edit.num_edit ?? timestamp ?? 0}`, { kind: 'edited', text });
  }
  return null;
}

/**
 * Whether nothing in it was said by a citizen: what the city writes comes back as an echo, and Instagram announces new
 * messages once more as edits without one.
 */
export function saysNothing({ message, message_edit: edit }: MessengerEvent): boolean {
  return message ? message.is_echo === true : Boolean(edit);
}

/** What a citizen said, touched or came from. @throws Error for what this version does not know */
export function messageOf(
  event: MessengerEvent,
  from: InboundMessage['from'],
  settings: MetaSettings,
  raw: ProviderInput,
): InboundEvent {
  const { message, postback, referral, optin, timestamp } = event;
  if (!(message || postback || referral || optin)) throw new Error('Nothing in it is known here');
  const content = contentOfEvent(event, settings);
  const parts: Part[] =
    content.parts.length > 0 ? content.parts : [{ type: 'unsupported', kind: optin ? 'optin' : 'message' }];
  const isUnread = parts.some(({ type }) => type === 'unsupported');
  const id = message?.mid ?? postback?.mid ?? `${event.sender.id}/${timestamp ?? 0}`;
  return {
    type: 'message',
    externalId: id,
    from,
    parts,
    // Somebody opened the conversation without a word: there is nothing to answer yet.
    ...(message || postback ? {} : { automatic: true }),
    ...(timestamp ? { sentAt: new Date(timestamp).toISOString() } : {}),
    ...(message?.reply_to?.mid ? { repliesTo: message.reply_to.mid } : {}),
    ...(content.toFetch.length > 0 ? { toFetch: content.toFetch } : {}),
    ...(isUnread ? { raw: JSON.stringify(raw) } : {}),
  };
}

function contentOfEvent({ message, postback, referral }: MessengerEvent, settings: MetaSettings): Content {
  if (message) return contentOf(message, settings);
  if (postback) {
    const choice = choicePart(postback.payload ?? '', postback.title?.trim() ?? '');
    return { parts: [...referralParts(postback.referral), choice], toFetch: [] };
  }
  return { parts: referralParts(referral), toFetch: [] };
}
