import { createHmac } from 'node:crypto';
import type { Letter } from '../delivery/postman.ts';
import { metaRule } from '../delivery/retry-rules.ts';
import type { Provider, ProviderParts } from '../provider.ts';
import type { SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import type { SimulatedAccount } from '../world/world.ts';
import { graphRoutes } from './graph-routes.ts';
import { fileUrlOf } from './media-routes.ts';
import { isMeta, type MetaAccount } from './meta-account.ts';
import { afterthoughtEvent, messageEvent, pageEntry, statusEvent } from './page-webhook.ts';
import { afterthoughtValue, messageValue, statusValue, whatsAppEntry } from './whatsapp-webhook.ts';

/** Where the city's app is subscribed, by the object of the webhook. */
const doors = {
  whatsapp: { object: 'whatsapp_business_account', path: '/webhooks/whatsapp' },
  messenger: { object: 'page', path: '/webhooks/messenger' },
  instagram: { object: 'instagram', path: '/webhooks/messenger' },
} as const;

/** Meta at the network: the Cloud API, the Send API of Messenger and Instagram, and their webhooks. */
export function createMeta(parts: ProviderParts): Provider {
  const { world, postman, cityUrl } = parts;

  function post(
    account: MetaAccount,
    person: Person,
    entry: object,
    outcome: Pick<Letter, 'taken' | 'lost'> = {},
  ): void {
    const { object, path } = doors[account.channel as keyof typeof doors];
    const { appSecret } = account.settings;
    postman.post({
      provider: 'meta',
      url: cityUrl(path),
      line: `${account.id} ${person.id}`,
      items: [entry],
      joins: `${object} ${appSecret}`,
      seal(items) {
        const body = JSON.stringify({ object, entry: items });
        const signature = createHmac('sha256', appSecret).update(body).digest('hex');
        return {
          headers: {
            'content-type': 'application/json',
            'user-agent': 'facebookexternalua',
            'x-hub-signature-256': `sha256=${signature}`,
          },
          body,
        };
      },
      rule: metaRule,
      ...outcome,
    });
  }

  function tell(account: MetaAccount, message: SimulatedMessage): void {
    const person = world.people.get(message.personId);
    if (!person) return;
    const settle = (status: 'delivered' | 'failed') => () => {
      if (message.status !== 'sent') return;
      message.status = status;
      world.events.emit('status', message);
    };
    const entry =
      account.channel === 'whatsapp'
        ? whatsAppEntry(account, messageValue(world, person, message))
        : pageEntry(
            world,
            account,
            person,
            messageEvent(message, (fileId) => fileUrlOf(parts, fileId)),
          );
    post(account, person, entry, { taken: settle('delivered'), lost: settle('failed') });
  }

  function report(account: MetaAccount, message: SimulatedMessage): void {
    const person = world.people.get(message.personId);
    if (!person || message.status === 'queued') return;
    if (account.channel === 'whatsapp') {
      post(account, person, whatsAppEntry(account, statusValue(world, person, message)));
      return;
    }
    const event = statusEvent(account, message, world.now());
    if (event) post(account, person, pageEntry(world, account, person, event));
  }

  const ofMeta =
    <Rest extends unknown[]>(work: (account: MetaAccount, ...rest: Rest) => void) =>
    (account: SimulatedAccount, ...rest: Rest): void => {
      if (isMeta(account)) work(account, ...rest);
    };

  return {
    routes: graphRoutes(parts),
    tell: ofMeta(tell),
    report: ofMeta(report),
    recall: ofMeta((account, message, what) => {
      const person = world.people.get(message.personId);
      if (!person) return;
      const entry =
        account.channel === 'whatsapp'
          ? whatsAppEntry(account, afterthoughtValue(world, person, message, what))
          : pageEntry(world, account, person, afterthoughtEvent(message, what));
      post(account, person, entry);
    }),
  };
}
