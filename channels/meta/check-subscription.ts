import { z } from 'zod';
import type { Finding } from '../../server/contract/messaging.ts';
import { ask, bad, type Checked, doubtful, good, type MetaApp } from './checked.ts';

const subscriptionsSchema = z.object({
  data: z.array(
    z.looseObject({
      object: z.string(),
      callback_url: z.string().catch(''),
      active: z.boolean().catch(true),
      fields: z.array(z.union([z.string(), z.looseObject({ name: z.string() })])).catch([]),
    }),
  ),
});

/** Where Meta is to bring what, by channel; fields beside `messages` are worth having. */
const wanted = {
  whatsapp: {
    object: 'whatsapp_business_account',
    path: '/webhooks/whatsapp',
    screen: 'developers.facebook.com › My Apps › (tu app) › WhatsApp › Configuration › Webhook',
    fields: ['messages'],
  },
  messenger: {
    object: 'page',
    path: '/webhooks/messenger',
    screen: 'developers.facebook.com › My Apps › (tu app) › Messenger › Messenger API Settings › Configure webhooks',
    fields: [
      'messages',
      'messaging_postbacks',
      'message_deliveries',
      'message_reads',
      'message_reactions',
      'message_edits',
      'messaging_referrals',
    ],
  },
  instagram: {
    object: 'instagram',
    path: '/webhooks/messenger',
    screen: 'developers.facebook.com › My Apps › (tu app) › Messenger › Instagram settings › Configure webhooks',
    fields: [
      'messages',
      'messaging_postbacks',
      'messaging_seen',
      'message_reactions',
      'message_edit',
      'messaging_referral',
    ],
  },
};

/** Whether the app brings what happens to us, and all of it. */
export async function checkSubscription({ account, publicUrl }: Checked, app: MetaApp): Promise<Finding[]> {
  if (account.channel === 'sms') return [];
  const { object, path, screen, fields } = wanted[account.channel];
  const { data } = await ask(app.graph, `/${app.id}/subscriptions`, subscriptionsSchema);
  const subscription = data.find((one) => one.object === object);
  const address = publicUrl && new URL(path, publicUrl).href;
  const enter = `En ${screen}, pon ${address ?? `la dirección pública y ${path}`} en Callback URL y tu Verify token.`;
  if (!subscription?.active || !subscription.callback_url)
    return [bad('Lo que llega no se trae a este servidor.', enter)];
  if (address && subscription.callback_url !== address) {
    return [bad(`Lo que llega va a ${subscription.callback_url}, no a este servidor.`, enter)];
  }
  const names = subscription.fields.map((field) => (typeof field === 'string' ? field : field.name));
  return [good(`Lo que llega se trae a ${subscription.callback_url}.`), ...missingFields(fields, names, screen)];
}

/** Without `messages` nothing comes; the rest is told more poorly. */
export function missingFields(wantedFields: readonly string[], found: readonly string[], screen: string): Finding[] {
  const missing = wantedFields.filter((field) => !found.includes(field));
  if (missing.length === 0) return [];
  const remedy = `Suscríbete a ${missing.join(', ')} en ${screen}.`;
  return missing.includes('messages')
    ? [bad('La app no está suscrita a messages: no llegaría ningún mensaje.', remedy)]
    : [doubtful(`La app no está suscrita a ${missing.join(', ')}: eso no se sabría.`, remedy)];
}
