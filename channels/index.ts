import type { Channel } from '../server/contract/channel.ts';
import type {
  CheckAccount,
  MessagingAccount,
  MessagingHost,
  Provider,
  ProviderInput,
  WebhookDoor,
} from '../server/contract/messaging.ts';
import { createBotFrameworkChannel } from './botframework/botframework-channel.ts';
import { createChatChannel } from './chat/chat-channel.ts';
import { createEmailChannel } from './email/email-channel.ts';
import { createMemoryChannel } from './memory/memory-channel.ts';
import { createMessengerChannel } from './messenger/messenger-channel.ts';
import { checkMetaAccount } from './meta/check-account.ts';
import { createMessengerDoor } from './meta/messenger-door.ts';
import { createWhatsappDoor } from './meta/whatsapp-door.ts';
import { createSmsChannel } from './sms/sms-channel.ts';
import { checkTwilioAccount } from './twilio/check-account.ts';
import { createTwilioDoors } from './twilio/twilio-doors.ts';
import { CALL_STATUS_PATH, VOICE_PATH } from './twilio/voice-paths.ts';
import { createTwilioVoice } from './voice/twilio/twilio-voice.ts';
import { createVoiceChannel } from './voice/voice-channel.ts';
import { createWebLine } from './voice/web/web-line.ts';
import { createWhatsAppChannel } from './whatsapp/whatsapp-channel.ts';

type Accounts = ReadonlyMap<string, MessagingAccount>;

/** Every channel by its name. A new one is a folder beside these and a line here. */
export const channels = {
  botframework: createBotFrameworkChannel,
  chat: createChatChannel,
  email: createEmailChannel,
  memory: createMemoryChannel,
  voice: createVoiceChannel,
};

/** Telephones and social networks: channels whose accounts are with a provider. */
export const messagingChannels = (host: MessagingHost, accounts: Accounts): Channel<ProviderInput>[] => [
  createSmsChannel(host, accounts),
  createWhatsAppChannel(host, accounts),
  createMessengerChannel('messenger', host, accounts),
  createMessengerChannel('instagram', host, accounts),
];

/** Lines that carry calls without anybody in between. */
export const lines = { web: createWebLine };

/** Where their providers bring what happened. */
export const webhookDoors = (accounts: Accounts): WebhookDoor[] => [
  ...createTwilioDoors(accounts),
  createWhatsappDoor(accounts),
  createMessengerDoor(accounts),
];

/** The city's telephone lines, and where their providers ask what a caller hears. */
export const telephones = createTwilioVoice;

/** Paths where its provider brings what happens to one of them. */
export function doorsOf(account: MessagingAccount): string[] {
  if (account.channel === 'voice') return [VOICE_PATH, CALL_STATUS_PATH];
  const alone = new Map([[account.id, account]]);
  if (account.provider === 'twilio') return createTwilioDoors(alone).map(({ path }) => path);
  return [account.channel === 'whatsapp' ? createWhatsappDoor(alone).path : createMessengerDoor(alone).path];
}

/** What looks at an account from outside, for `npm run doctor`. */
export const accountChecks: Record<Provider, CheckAccount> = { meta: checkMetaAccount, twilio: checkTwilioAccount };
