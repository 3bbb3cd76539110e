import { createHmac } from 'node:crypto';

/** Twilio's signature of a form: HMAC-SHA1 of the whole URL followed by each field and its value, sorted by name. */
export function twilioSignature(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => `${text}${name}${fields[name]}`, url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}
