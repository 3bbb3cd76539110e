import type { Capabilities, ChannelName } from '../contract/channel.ts';
import type { Part } from '../contract/message.ts';

/** What somebody wants of the city's notices: no more of them, or to have them again. */
export type NoticeWish = 'stop' | 'resume';

const MARKS = /\p{M}/gu;
const wishes: ReadonlyMap<string, NoticeWish> = new Map([
  ...['alto', 'baja', 'stop', 'cancelar suscripcion', 'unsubscribe'].map((words) => [words, 'stop'] as const),
  ...['alta', 'start', 'reanudar'].map((words) => [words, 'resume'] as const),
]);

/** Where notices reach people unasked, on their telephone, they can be stopped by a word. */
const isHeededOn = (channel: ChannelName, { windowHours }: Pick<Capabilities, 'windowHours'>): boolean =>
  windowHours !== null || channel === 'sms';

/** What a message asks for that is nothing but one of the words everybody knows: ALTO, BAJA, STOP… Null for any other. */
export function noticeWish(
  channel: ChannelName,
  capabilities: Pick<Capabilities, 'windowHours'>,
  parts: readonly Part[],
): NoticeWish | null {
  const [part, ...others] = parts;
  if (!isHeededOn(channel, capabilities) || part?.type !== 'text' || others.length > 0) return null;
  const plain = part.text.toLowerCase().normalize('NFD').replace(MARKS, '');
  return wishes.get((plain.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')) ?? null;
}
