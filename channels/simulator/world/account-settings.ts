import type { CityAccount, MetaSettings, TwilioSettings } from '../../../server/contract/messaging.ts';
import type { Identifiers } from './identifiers.ts';

/** Meta's version that the emulation speaks; any other is answered the same. */
const GRAPH_VERSION = 'v23.0';

/**
 * The ids and secrets of an account at an emulated provider. The city has one account with Twilio, one app and one
 * WhatsApp Business Account with Meta.
 */
export function settingsOf(account: CityAccount, identifiers: Identifiers, url: string): TwilioSettings | MetaSettings {
  if (account.provider === 'twilio') {
    return {
      provider: 'twilio',
      accountSid: `AC${identifiers.hex('twilio account', 32)}`,
      authToken: identifiers.hex('twilio token', 32),
      messagingServiceSid: null,
      apiKey:
        account.channel === 'voice'
          ? { sid: `SK${identifiers.hex('twilio key', 32)}`, secret: identifiers.hex('twilio key secret', 32) }
          : null,
      voices: { es: 'Polly.Mia-Neural', en: 'Polly.Joanna-Neural' },
      apiUrl: url,
    };
  }
  return {
    provider: 'meta',
    objectId: identifiers.digits(`object ${account.id}`, 15),
    businessAccountId: account.channel === 'whatsapp' ? identifiers.digits('whatsapp business account', 15) : null,
    accessToken: `EAA${identifiers.hex(`token ${account.id}`, 60)}`,
    appSecret: identifiers.hex('app secret', 32),
    verifyToken: identifiers.hex('verify token', 24),
    graphUrl: `${url}/${GRAPH_VERSION}`,
  };
}
