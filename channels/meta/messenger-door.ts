import { z } from 'zod';
import { AppError } from '../../server/contract/errors.ts';
import type { MessagingAccount, WebhookDoor } from '../../server/contract/messaging.ts';
import { metaAccounts } from './meta-account.ts';
import { BODY_LIMIT, readWebhookBody, type WebhookEntry } from './webhook-body.ts';
import { answerHandshake, signersOf } from './webhook-secrets.ts';

const channelOf: Record<string, string | undefined> = { page: 'messenger', instagram: 'instagram' };

/** Apps that sign in with Instagram get what others get as `messaging` as changes of this form. */
const messageChangeSchema = z.looseObject({ sender: z.looseObject({}), recipient: z.looseObject({}) });

/** Where Meta brings what happened on Messenger and Instagram: a batch becomes one input an event. */
export function createMessengerDoor(accounts: ReadonlyMap<string, MessagingAccount>): WebhookDoor {
  const ours = () => metaAccounts(accounts, ['messenger', 'instagram']);
  return {
    path: '/webhooks/messenger',
    bodyLimit: BODY_LIMIT,
    greet: (query) => answerHandshake(query, ours()),
    open(request) {
      const candidates = ours();
      const signers = signersOf(request, candidates);
      const { object, entry } = readWebhookBody(request);
      return entry.flatMap((one) => {
        const account = candidates.find(
          ({ channel, settings }) => channel === channelOf[object] && settings.objectId === one.id,
        );
        if (account && !signers.has(account)) throw new AppError('forbidden');
        const channel = account ? account.channel : null;
        return eventsOf(one).map((body) => ({ channel, input: { accountId: account?.id ?? one.id, body } }));
      });
    },
    answer: { contentType: 'text/plain', body: 'EVENT_RECEIVED' },
  };
}

function eventsOf({ messaging, standby, changes }: WebhookEntry): unknown[] {
  const apart = changes.map((change) => {
    const event = messageChangeSchema.safeParse(change.value);
    return event.success ? event.data : change;
  });
  return [...messaging, ...standby, ...apart];
}
