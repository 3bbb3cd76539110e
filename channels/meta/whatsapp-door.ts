import { z } from 'zod';
import { AppError } from '../../server/contract/errors.ts';
import type { MessagingAccount, WebhookDoor } from '../../server/contract/messaging.ts';
import { metaAccounts } from './meta-account.ts';
import { BODY_LIMIT, readWebhookBody, type WebhookBody } from './webhook-body.ts';
import { answerHandshake, signersOf } from './webhook-secrets.ts';

type Change = WebhookBody['entry'][number]['changes'][number];

const addressedSchema = z.looseObject({ metadata: z.looseObject({ phone_number_id: z.string() }) });

/** Where Meta brings what happened on WhatsApp: a batch becomes one input a message and a report. */
export function createWhatsappDoor(accounts: ReadonlyMap<string, MessagingAccount>): WebhookDoor {
  const ours = () => metaAccounts(accounts, ['whatsapp']);
  return {
    path: '/webhooks/whatsapp',
    bodyLimit: BODY_LIMIT,
    greet: (query) => answerHandshake(query, ours()),
    open(request) {
      const candidates = ours();
      const signers = signersOf(request, candidates);
      const { entry } = readWebhookBody(request);
      const changes = entry.flatMap(({ id, changes }) =>
        changes.map((change) => ({ of: numberOf(change) ?? id, change })),
      );
      return changes.flatMap(({ of, change }) => {
        const account = candidates.find(({ settings }) => settings.objectId === of);
        if (account && !signers.has(account)) throw new AppError('forbidden');
        const channel = account ? account.channel : null;
        return takeApart(change).map((body) => ({ channel, input: { accountId: account?.id ?? of, body } }));
      });
    },
    answer: { contentType: 'text/plain', body: 'EVENT_RECEIVED' },
  };
}

function numberOf({ value }: Change): string | null {
  const addressed = addressedSchema.safeParse(value);
  return addressed.success ? addressed.data.metadata.phone_number_id : null;
}

/** What one change holds, each with the contacts it is about, in order. What has another form stays in one. */
function takeApart(change: Change): Change[] {
  const { messages, statuses, errors, contacts, ...shared } = Object(change.value) as Record<string, unknown>;
  const one = (part: object) => ({ field: change.field, value: { ...shared, ...part } });
  const apart = [
    ...list(messages).map((message) => one({ contacts: contactsOf(message, contacts), messages: [message] })),
    ...list(statuses).map((status) => one({ statuses: [status] })),
    ...(errors === undefined ? [] : [one({ errors })]),
  ];
  return apart.length > 0 ? apart : [change];
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function contactsOf(message: unknown, contacts: unknown): unknown[] {
  const all = list(contacts);
  if (all.length <= 1) return all;
  const { from, from_user_id: userId } = Object(message) as Record<string, unknown>;
  return all.filter((contact) => {
    const { wa_id, user_id } = Object(contact) as Record<string, unknown>;
    return (from !== undefined && wa_id === from) || (userId !== undefined && user_id === userId);
  });
}
