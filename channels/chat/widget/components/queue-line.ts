import { sayIn } from '../locales/say.ts';
import { openingTime } from '../locales/times.ts';
import type { ChatState } from '../state/chat-state.ts';

/** Place in the queue and expected wait, or when a person answers; empty while neither matters. */
export function queueLine({ ticket, locale, city }: Pick<ChatState, 'ticket' | 'locale' | 'city'>): string {
  if (!ticket || (ticket.state !== 'waiting' && ticket.state !== 'offered')) return '';
  const say = sayIn(locale);
  if (!ticket.open) {
    if (!ticket.opensAt) return say('closedHoursUnknown');
    return say('closedHours', { opens: openingTime(ticket.opensAt, locale, city?.timeZone ?? 'UTC') });
  }
  const { position, expectedWaitSeconds } = ticket;
  const place = position === 1 ? say('next') : position ? say('position', { position }) : say('waiting');
  if (expectedWaitSeconds === null) return place;
  const minutes = Math.round(expectedWaitSeconds / 60);
  return `${place} · ${minutes < 1 ? say('waitShort') : say('wait', { minutes })}`;
}
