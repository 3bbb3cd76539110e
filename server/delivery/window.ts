import { addSeconds } from '../clock.ts';
import type { Capabilities, ChannelName } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import type { Part } from '../contract/message.ts';
import type { Template } from '../contract/messaging.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';

/** What is promised leaves a moment later: nothing is promised so short before the provider's end. */
const MARGIN_SECONDS = 120;

/** What tells whether anything may still be said to somebody. */
export type Heard = Pick<ConversationRow, 'channel' | 'channel_account_id' | 'last_inbound_at' | 'created_at'>;

/** What may be said where: providers take free words only for a while after the citizen's last. */
export interface Windows {
  /** Until when free words are taken in to be sent; null: for ever. Two minutes before the provider's own end. */
  closesAt(conversation: Heard): Date | null;
  isOpen(conversation: Heard, now: Date): boolean;
  /** Whether these parts may still leave, by the provider's own end: what was taken in before the margin has time. */
  mayLeave(conversation: Heard, parts: readonly Part[], now: Date): boolean;
  /** Refuses free words once the window is closed. @throws AppError `window_closed` */
  mustBeOpen(conversation: Heard, now: Date): void;
  /** Templates that can leave by the conversation's account; none where the channel carries none. */
  templates(conversation: Pick<Heard, 'channel' | 'channel_account_id'>): Template[];
}

type Limits = Pick<Capabilities, 'windowHours' | 'parts'>;

/** @param limitsOf a channel; undefined for one that is not connected */
export function createWindows(
  limitsOf: (channel: ChannelName) => Limits | undefined,
  city: Pick<City, 'accounts' | 'templates'>,
): Windows {
  const providers = new Map(city.accounts.map(({ id, provider }) => [id, provider]));

  function endOf({ channel, last_inbound_at: heard, created_at: begun }: Heard): Date | null {
    const hours = limitsOf(channel)?.windowHours ?? null;
    if (hours === null) return null;
    // Whoever never wrote opened no window.
    return heard ? addSeconds(heard, hours * 3_600) : begun;
  }

  function closesAt(conversation: Heard): Date | null {
    const end = endOf(conversation);
    return end && addSeconds(end, -MARGIN_SECONDS);
  }

  function isOpen(conversation: Heard, now: Date): boolean {
    const end = closesAt(conversation);
    return end === null || now < end;
  }

  return {
    closesAt,
    isOpen,
    mayLeave(conversation, parts, now) {
      const end = endOf(conversation);
      return end === null || now < end || parts.every(({ type }) => type === 'template');
    },
    mustBeOpen(conversation, now) {
      if (isOpen(conversation, now)) return;
      throw new AppError('window_closed', { hours: limitsOf(conversation.channel)?.windowHours });
    },
    templates({ channel, channel_account_id: account }) {
      if (!limitsOf(channel)?.parts.has('template')) return [];
      // Twilio knows a template only by the id that it gave it.
      return city.templates.filter(({ contentSid }) => providers.get(account) !== 'twilio' || contentSid !== undefined);
    },
  };
}
