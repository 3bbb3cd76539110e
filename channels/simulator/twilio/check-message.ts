import type { MessagingChannel } from '../../../server/contract/messaging.ts';
import type { World } from '../world/world.ts';
import { fillContent } from './content-template.ts';
import { type MessageForm, readMessageForm } from './message-form.ts';
import type { TwilioAccount } from './twilio-account.ts';
import { TwilioError } from './twilio-error.ts';

const LONGEST_BODY = 1_600;
const E164 = /^\+[1-9]\d{6,14}$/;
const BSUID = /^[A-Z]{2}\.(?:ENT\.)?[0-9A-Za-z]{1,128}$/;
const GEO = /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:\|(.*))?$/;

/** A request that Twilio accepts, understood. */
export interface MessageRequest {
  channel: Extract<MessagingChannel, 'whatsapp' | 'sms'>;
  account: TwilioAccount;
  /** Without its prefix. */
  to: string;
  text: string;
  isTemplate: boolean;
  templateName: string;
  mediaUrls: string[];
  place: { latitude: number; longitude: number; label: string } | null;
  statusCallback: string | null;
  form: MessageForm;
}

/** @throws TwilioError with what Twilio would say of this request */
export function checkMessage(body: URLSearchParams, world: World, accounts: TwilioAccount[]): MessageRequest {
  const form = readMessageForm(body);
  const { to, channel } = recipientOf(form.To);
  const account = senderOf(form, channel, accounts);
  if (account.address === to) throw new TwilioError(21266, to);

  if (form.ContentVariables !== undefined && form.ContentSid === undefined) throw new TwilioError(21655);
  const template = form.ContentSid ? fillContent(world.templates, form.ContentSid, form.ContentVariables) : null;
  const text = template ?? form.Body ?? '';
  const place = placeOf(form.PersistentAction, channel);
  if (text === '' && form.MediaUrl.length === 0) throw new TwilioError(21619);
  if (text.length > LONGEST_BODY) throw new TwilioError(21617);
  if (form.MediaUrl.length > (channel === 'whatsapp' ? 1 : 10)) throw new TwilioError(21623);
  const bad = form.MediaUrl.find((url) => !isWeb(url));
  if (bad !== undefined) throw new TwilioError(21620, bad);
  if (form.StatusCallback !== undefined && !isWeb(form.StatusCallback))
    throw new TwilioError(21609, form.StatusCallback);

  return {
    channel,
    account,
    to,
    text,
    isTemplate: template !== null,
    templateName: world.templates.find(({ contentSid }) => contentSid === form.ContentSid)?.name ?? '',
    mediaUrls: form.MediaUrl,
    place,
    statusCallback: form.StatusCallback ?? null,
    form,
  };
}

function recipientOf(given: string | undefined): Pick<MessageRequest, 'to' | 'channel'> {
  if (!given) throw new TwilioError(21604);
  const isWhatsApp = given.startsWith('whatsapp:');
  const to = isWhatsApp ? given.slice('whatsapp:'.length) : given;
  if (!E164.test(to) && !(isWhatsApp && BSUID.test(to))) throw new TwilioError(21211, given);
  return { to, channel: isWhatsApp ? 'whatsapp' : 'sms' };
}

function senderOf(form: MessageForm, channel: MessageRequest['channel'], accounts: TwilioAccount[]): TwilioAccount {
  const { From: given, MessagingServiceSid: service } = form;
  const pool = service ? accounts.filter(({ settings }) => settings.messagingServiceSid === service) : accounts;
  if (service && pool.length === 0) throw new TwilioError(21701, service);
  if (!given) {
    const [picked] = service ? pool.filter((account) => account.channel === channel) : [];
    if (!picked) throw new TwilioError(21603);
    return picked;
  }
  const isWhatsApp = given.startsWith('whatsapp:');
  const address = isWhatsApp ? given.slice('whatsapp:'.length) : given;
  if (!E164.test(address)) throw new TwilioError(21212, given);
  if (isWhatsApp !== (channel === 'whatsapp')) throw new TwilioError(21910);
  const account = pool.find((one) => one.channel === channel && one.address === address);
  if (!account) throw isWhatsApp ? new TwilioError(63007) : new TwilioError(21606, given);
  return account;
}

function placeOf(actions: string[], channel: MessageRequest['channel']): MessageRequest['place'] {
  const [action] = actions;
  if (action === undefined) return null;
  const found = GEO.exec(action);
  if (!found || actions.length > 1 || channel !== 'whatsapp') throw new TwilioError(20001, 'PersistentAction');
  return { latitude: Number(found[1]), longitude: Number(found[2]), label: found[3] ?? '' };
}

function isWeb(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
