import type { TwilioAccount } from './twilio-account.ts';

/** Where the city's telephone numbers are set up to ask what a caller hears, and to report. */
export const voicePaths = {
  voice: '/webhooks/twilio/voice',
  fallback: '/webhooks/twilio/voice/fallback',
  status: '/webhooks/twilio/voice/status',
} as const;

/** A number as Twilio's API shows it. */
export function phoneNumber(
  { settings, address, name, id, channel }: TwilioAccount,
  cityUrl: (path: string) => string,
) {
  const messages = cityUrl('/webhooks/twilio/messages');
  const isVoice = channel === 'voice';
  return {
    sid: phoneNumberSid(id),
    account_sid: settings.accountSid,
    phone_number: address,
    friendly_name: name,
    capabilities: { voice: true, sms: true, mms: true },
    sms_url: isVoice ? '' : messages,
    sms_method: 'POST',
    sms_fallback_url: isVoice ? '' : messages,
    voice_url: isVoice ? cityUrl(voicePaths.voice) : '',
    voice_method: 'POST',
    voice_fallback_url: isVoice ? cityUrl(voicePaths.fallback) : '',
    voice_fallback_method: 'POST',
    voice_application_sid: '',
    status_callback: isVoice ? cityUrl(voicePaths.status) : '',
    status_callback_method: 'POST',
  };
}

export function phoneNumberSid(accountId: string): string {
  return `PN${Buffer.from(accountId).toString('hex').padEnd(32, '0').slice(0, 32)}`;
}
