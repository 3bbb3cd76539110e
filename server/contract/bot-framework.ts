import { z } from 'zod';
import type { Receipt } from './channel.ts';
import { fieldSchema } from './message.ts';

/** `MICROSOFT_APP_*`; without an id the door is open to this machine alone. */
export interface BotFrameworkAccount {
  appId?: string | undefined;
  password?: string | undefined;
  /** MultiTenant, SingleTenant or UserAssignedMSI, as Azure calls them. */
  type: string;
  tenantId?: string | undefined;
}

/** Where a conversation of the Bot Framework is spoken to; Microsoft calls it a conversation reference. */
export const conversationReferenceSchema = z.looseObject({
  channelId: fieldSchema(100, 1),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(500),
  conversation: z.looseObject({ id: fieldSchema(2_000, 1) }),
});
export type ConversationReference = z.infer<typeof conversationReferenceSchema>;

/** What the channel asks of the server. */
export interface BotFrameworkHost {
  /** Keeps where an address is spoken to; it may change with any activity. */
  remember(address: string, reference: ConversationReference): Promise<void>;
  recall(address: string): Promise<ConversationReference | null>;
  /**
   * Waits until the bot has answered what came in, or left it to a person.
   * @returns the ids of the answers that are still on their way; null when it took longer than `milliseconds`
   */
  answersTo(receipt: Receipt, milliseconds: number): Promise<string[] | null>;
}
