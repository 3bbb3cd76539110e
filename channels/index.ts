import { createBotFrameworkChannel } from './botframework/botframework-channel.ts';
import { createChatChannel } from './chat/chat-channel.ts';
import { createEmailChannel } from './email/email-channel.ts';
import { createMemoryChannel } from './memory/memory-channel.ts';

/** Every channel by its name. A new one is a folder beside these and a line here. */
export const channels = {
  botframework: createBotFrameworkChannel,
  chat: createChatChannel,
  email: createEmailChannel,
  memory: createMemoryChannel,
};
