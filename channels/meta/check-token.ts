import { z } from 'zod';
import type { Finding } from '../../server/contract/messaging.ts';
import { asApp, ask, bad, type Checked, doubtful, GraphRefusal, good, type MetaApp, settingOf } from './checked.ts';

const SYSTEM_USERS = 'business.facebook.com › Settings › Users › System users › (tu usuario) › Generate token';
const PAGE_TOKENS =
  'developers.facebook.com › My Apps › (tu app) › Messenger › Messenger API Settings › Generate access tokens';

/** What a token must be allowed to do. */
const needed: Record<string, readonly string[] | undefined> = {
  whatsapp: ['whatsapp_business_messaging', 'whatsapp_business_management'],
  messenger: ['pages_messaging', 'pages_manage_metadata'],
  instagram: ['instagram_manage_messages', 'instagram_basic', 'pages_manage_metadata'],
};

const appSchema = z.looseObject({ id: z.string(), name: z.string().catch('') });
const tokenSchema = z.object({
  data: z.looseObject({
    is_valid: z.boolean(),
    /** Seconds of the epoch; 0: never. */
    expires_at: z.number().catch(0),
    scopes: z.array(z.string()).catch([]),
  }),
});

/** Whether the token is good, for long, and for what we need; and whether the app secret is of the same app. */
export async function checkToken(checked: Checked): Promise<{ findings: Finding[]; app: MetaApp | null }> {
  const screen = checked.account.channel === 'whatsapp' ? SYSTEM_USERS : PAGE_TOKENS;
  const token = settingOf(checked, checked.account.channel === 'messenger' ? 'PAGE_ACCESS_TOKEN' : 'ACCESS_TOKEN');
  let app: z.infer<typeof appSchema>;
  try {
    app = await ask(checked.graph, '/app?fields=id,name', appSchema);
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    const remedy = `Genera otro en ${screen} y cópialo a ${token}.`;
    return { findings: [bad(`Meta no acepta el token de la cuenta (${error.message}).`, remedy)], app: null };
  }
  const graph = asApp(checked, app.id);
  try {
    const path = `/debug_token?input_token=${encodeURIComponent(checked.account.settings.accessToken)}`;
    const { data } = await ask(graph, path, tokenSchema);
    const findings = [
      good(`Meta acepta el token, que es de la app «${app.name || app.id}», y el App Secret es el suyo.`),
      ...expiry(data.expires_at, screen, token),
      ...scopes(data.scopes, checked.account.channel, screen),
    ];
    return { findings, app: { id: app.id, graph } };
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    const remedy = `Copia el de developers.facebook.com › My Apps › ${app.name || app.id} › App settings › Basic › App secret a ${settingOf(checked, 'APP_SECRET')}.`;
    const what = 'El App Secret no es de la app del token: se rechazaría todo lo que Meta traiga.';
    return { findings: [bad(what, remedy)], app: null };
  }
}

function expiry(expiresAt: number, screen: string, setting: string): Finding[] {
  if (expiresAt === 0) return [];
  const day = new Date(expiresAt * 1_000).toISOString().slice(0, 10);
  return [
    doubtful(
      `El token vence el ${day}: ese día la cuenta dejaría de responder.`,
      `Genera uno sin vencimiento (Never) en ${screen} y cópialo a ${setting}.`,
    ),
  ];
}

function scopes(given: readonly string[], channel: string, screen: string): Finding[] {
  const missing = (needed[channel] ?? []).filter((scope) => !given.includes(scope));
  if (missing.length === 0) return [];
  return [
    bad(
      `Al token le falta permiso para ${missing.join(' y ')}.`,
      `Genera otro con ${missing.join(', ')} en ${screen}.`,
    ),
  ];
}
