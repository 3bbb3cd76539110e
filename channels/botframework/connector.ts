import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { BotFrameworkAccount, ConversationReference } from '../../server/contract/bot-framework.ts';
import type { SendResult } from '../../server/contract/channel.ts';
import { AppError } from '../../server/contract/errors.ts';

/** The SDK's wire: who may speak to us, and how we speak to them. */
export class Connector extends CloudAdapter {
  readonly #appId: string;

  constructor({ appId, password, type, tenantId }: BotFrameworkAccount) {
    const account = {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: password,
      MicrosoftAppType: type,
      MicrosoftAppTenantId: tenantId,
    };
    const credentials = new ConfigurationServiceClientCredentialFactory(account);
    super(new ConfigurationBotFrameworkAuthentication({}, credentials));
    this.#appId = appId ?? '';
  }

  /**
   * Runs `logic` for an activity whose sender is who they say they are.
   * @returns what to answer the request with, if anything
   * @throws AppError `unauthenticated`
   */
  async receive(
    authorization: string,
    activity: Partial<Activity>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    try {
      return await this.processActivity(authorization, activity as Activity, logic);
    } catch (error) {
      throw statusOf(error) === 401 ? new AppError('unauthenticated') : error;
    }
  }

  /** Speaks first, into a conversation that is known. @throws what is worth a retry */
  async speak(reference: ConversationReference, activity: Partial<Activity>): Promise<SendResult> {
    let id: string | undefined;
    try {
      await this.continueConversationAsync(this.#appId, reference as never, async (context) => {
        id = (await context.sendActivity(activity))?.id;
      });
    } catch (error) {
      return refusalOf(error);
    }
    return { outcome: 'accepted', ...(id ? { providerMessageId: id } : {}) };
  }
}

function refusalOf(error: unknown): SendResult {
  const status = statusOf(error);
  if (status === 429) return { outcome: 'throttled', retryAfterSeconds: 5 };
  if (status === undefined || status >= 500) throw error;
  return {
    outcome: 'rejected',
    permanent: true,
    providerCode: String(status),
    reason: 'La otra aplicación ya no acepta mensajes en esa conversación.',
  };
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
