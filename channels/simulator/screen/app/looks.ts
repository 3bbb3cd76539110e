import type { ShownAccount } from '../screen-api.ts';
import { say } from './words.ts';

type Channel = ShownAccount['channel'];
export const channelOrder: Channel[] = ['whatsapp', 'voice', 'sms', 'messenger', 'instagram'];
export const channelNames: Record<Channel, string> = {
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  messenger: 'Messenger',
  instagram: 'Instagram',
  voice: say('phoneCall'),
};

/** What a telephone can do there, and the provider passes on. */
export interface Abilities {
  /** Reactions, edits, deletions. */
  afterthoughts: boolean;
  replies: boolean;
  location: boolean;
  contact: boolean;
  sticker: boolean;
  voice: boolean;
  /** Meta alone tells that there was something it does not pass on. */
  poll: boolean;
  /** Whether «read» comes back to the city. */
  read: boolean;
  hasWindow: boolean;
}

export function abilitiesOf({ channel, provider }: ShownAccount): Abilities {
  const isSms = channel === 'sms';
  const isMeta = provider === 'meta';
  return {
    afterthoughts: isMeta,
    replies: !isSms,
    location: !isSms && channel !== 'instagram',
    contact: channel === 'whatsapp',
    sticker: !isSms,
    voice: !isSms,
    poll: isMeta,
    read: !isSms,
    hasWindow: !isSms && channel !== 'voice',
  };
}
