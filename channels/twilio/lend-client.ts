import type { TwilioSettings } from '../../server/contract/messaging.ts';
import type { TwilioClient } from './twilio-client.ts';

const clients = new WeakMap<TwilioSettings, Promise<TwilioClient>>();

/** The client of an account; the SDK is loaded with the first. */
export function lendClient(settings: TwilioSettings): Promise<TwilioClient> {
  const client =
    clients.get(settings) ??
    import('./twilio-client.ts').then(({ createTwilioClient }) => createTwilioClient(settings));
  clients.set(settings, client);
  return client;
}
