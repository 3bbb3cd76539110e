import { addSeconds } from '../clock.ts';
import type { Capabilities, ChannelName } from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import type { Part } from '../contract/message.ts';
import type { Template } from '../contract/messaging.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';

/** What is promised leaves a moment later: nothing is promised so short before the provider's end. */
const MARGIN_SECONDS = 120;

type Account = Pick<ConversationRow, 'channel' | 'channel_account_id'>;
/** What tells whether anything may still be said to somebody. */
export type Heard = Account & Pick<ConversationRow, 'last_inbound_at' | 'created_at'>;

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
  templates(conversation: Account): Template[];
}

type Limits = Pick<Capabilities, 'windowHours' | 'parts'>;

/** @param limitsOf an account of a channel; undefined where it is not connected */
export function createWindows(
  limitsOf: (channel: ChannelName, accountId: string) => Limits | undefined,
  city: Pick<City, 'accounts' | 'templates'>,
): Windows {
  const providers = new Map(city.accounts.map(({ id, provider }) => [id, provider]));

  const limits = ({ channel, channel_account_id }: Account) => limitsOf(channel, channel_account_id);

  function endOf({ last_inbound_at: heard, created_at: begun, ...account }: Heard): Date | null {
    const hours = limits(account)?.windowHours ?? null;
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
      throw new AppError('window_closed', { hours: limits(conversation)?.windowHours });
    },
    templates(account) {
      if (!limits(account)?.parts.has('template')) return [];
      // Twilio knows a template only by the id that it gave it.
      const isTwilio = providers.get(account.channel_account_id) === 'twilio';
      return city.templates.filter(({ contentSid }) => !isTwilio || contentSid !== undefined);
    },
  };
}
