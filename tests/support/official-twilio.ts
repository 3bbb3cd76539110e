import twilio from 'twilio';
import type { TwilioSettings } from '../../server/contract/messaging.ts';

/** The official SDK, which asks the emulation where it would ask Twilio. */
export function officialTwilio(settings: TwilioSettings, token = settings.authToken): twilio.Twilio {
  const inner = new twilio.RequestClient({ timeout: 5_000 });
  return twilio(settings.accountSid, token, {
    httpClient: {
      request: (options) =>
        inner.request({ ...options, uri: options.uri.replace('https://api.twilio.com', settings.apiUrl) }),
    } as twilio.RequestClient,
  });
}
