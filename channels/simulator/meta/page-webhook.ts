import type { Afterthought } from '../provider.ts';
import type { Content, SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import type { World } from '../world/world.ts';
import type { MetaAccount } from './meta-account.ts';

/** One entry of a webhook of a page or a profile. */
export function pageEntry(world: World, account: MetaAccount, person: Person, event: Record<string, unknown>) {
  const at = world.now().getTime();
  return {
    id: account.settings.objectId,
    time: at,
    messaging: [
      {
        sender: { id: scopedId(account, person) },
        recipient: { id: account.settings.objectId },
        timestamp: at,
        ...event,
      },
    ],
  };
}

export function scopedId(account: MetaAccount, person: Person): string {
  return account.channel === 'instagram' ? person.igsid : person.psid;
}

/** Somebody wrote. */
export function messageEvent(message: SimulatedMessage, fileUrl: (fileId: string) => string) {
  const choice = message.content.find((one) => one.type === 'choice');
  const text = choice?.title ?? message.content.find((one) => one.type === 'text')?.text;
  const attachments = message.content.flatMap((one) => attachmentOf(one, fileUrl));
  return {
    message: {
      mid: message.id,
      ...(text !== undefined ? { text } : {}),
      ...(choice ? { quick_reply: { payload: choice.id } } : {}),
      ...(attachments.length > 0 ? { attachments } : {}),
      ...(message.repliesTo ? { reply_to: { mid: message.repliesTo } } : {}),
      ...(message.content.some(({ type }) => type === 'unsupported') ? { is_unsupported: true } : {}),
    },
  };
}

/** Somebody did something to a message. */
export function afterthoughtEvent(message: SimulatedMessage, what: Afterthought) {
  if (what.kind === 'deleted') return { message: { mid: message.id, is_deleted: true } };
  if (what.kind === 'edited') return { message_edit: { mid: message.id, text: what.text, num_edit: 1 } };
  return {
    reaction: {
      mid: message.id,
      action: what.emoji ? 'react' : 'unreact',
      ...(what.emoji ? { reaction: what.emoji === '❤️' ? 'love' : 'other', emoji: what.emoji } : {}),
    },
  };
}

/** What became of a message of the city; null: they are not told. */
export function statusEvent(account: MetaAccount, message: SimulatedMessage, now: Date) {
  const watermark = now.getTime();
  if (account.channel === 'instagram') return message.status === 'read' ? { read: { mid: message.id } } : null;
  if (message.status === 'delivered') return { delivery: { mids: [message.id], watermark } };
  return message.status === 'read' ? { read: { watermark } } : null;
}

function attachmentOf(content: Content, fileUrl: (fileId: string) => string): object[] {
  if (content.type === 'media') {
    const type = content.kind === 'document' ? 'file' : content.kind === 'voice' ? 'audio' : content.kind;
    // A sticker is an image with an id of its own.
    const sticker = content.kind === 'sticker' ? { sticker_id: Number(content.fileId.slice(0, 15)) } : {};
    return [{ type: type === 'sticker' ? 'image' : type, payload: { url: fileUrl(content.fileId), ...sticker } }];
  }
  if (content.type !== 'location') return [];
  const { latitude: lat, longitude: long, label } = content;
  return [{ type: 'location', title: label, payload: { coordinates: { lat, long } } }];
}
