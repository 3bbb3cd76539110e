import { z } from 'zod';
import type { Finding } from '../../server/contract/messaging.ts';
import { missingFields } from './check-subscription.ts';
import { ask, bad, type Checked, good, type MetaApp } from './checked.ts';

const SCREEN =
  'developers.facebook.com › My Apps › (tu app) › Messenger › Messenger API Settings › Generate access tokens';

const pageSchema = z.looseObject({
  id: z.string(),
  name: z.string().catch(''),
  instagram_business_account: z.looseObject({ id: z.string(), username: z.string().catch('') }).optional(),
});
const subscribedSchema = z.object({
  data: z.array(z.looseObject({ id: z.string(), subscribed_fields: z.array(z.string()).catch([]) })),
});

/** Whether the token is of the page, or of the page that the profile is linked to, and the page tells the app. */
export async function checkPage({ graph, account }: Checked, app: MetaApp): Promise<Finding[]> {
  const fields = encodeURIComponent('id,name,instagram_business_account{id,username}');
  const page = await ask(graph, `/me?fields=${fields}`, pageSchema);
  const { data } = await ask(graph, '/me/subscribed_apps', subscribedSchema);
  const subscription = data.find(({ id }) => id === app.id);
  return [
    account.channel === 'messenger'
      ? pageFinding(account.settings.objectId, page)
      : profileFinding(account.settings.objectId, page),
    ...(subscription
      ? account.channel === 'messenger'
        ? missingFields(
            ['messages', 'messaging_postbacks'],
            subscription.subscribed_fields,
            `${SCREEN} › Add subscriptions`,
          )
        : []
      : [
          bad(
            `La página «${page.name}» no avisa a la app de lo que pasa.`,
            `En ${SCREEN}, junto a la página, elige Add subscriptions y marca messages.`,
          ),
        ]),
  ];
}

function pageFinding(objectId: string, { id, name }: z.infer<typeof pageSchema>): Finding {
  if (id === objectId) return good(`El token es de la página «${name}».`);
  return bad(
    `El token es de ${id} («${name}»), no de la página ${objectId}.`,
    `Genera el de esa página en ${SCREEN}, o corrige MESSENGER_PAGE_ID.`,
  );
}

function profileFinding(
  objectId: string,
  { name, instagram_business_account: profile }: z.infer<typeof pageSchema>,
): Finding {
  if (profile?.id === objectId) return good(`El perfil es @${profile.username}, ligado a la página «${name}».`);
  const what = profile
    ? `A la página «${name}» está ligado @${profile.username} (${profile.id}), no ${objectId}.`
    : `A la página «${name}» no está ligado ningún perfil profesional de Instagram.`;
  return bad(
    what,
    'Lígalo en facebook.com › (tu página) › Settings › Linked accounts › Instagram, o corrige INSTAGRAM_ACCOUNT_ID.',
  );
}
