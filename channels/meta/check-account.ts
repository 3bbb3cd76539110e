import type { CheckAccount } from '../../server/contract/messaging.ts';
import { createGraphClient } from './graph-client.ts';
import { isMetaAccount } from './meta-account.ts';

/** Looks at an account at Meta: whether its token opens what webhooks will name. */
export const checkMetaAccount: CheckAccount = async (account) => {
  if (!isMetaAccount(account)) throw new Error(`${account.id} is no account at Meta`);
  try {
    const answer = await createGraphClient(account.settings).get(`/${account.settings.objectId}?fields=id`);
    if (answer.ok) return [{ verdict: 'good', what: 'Meta reconoce la cuenta y su token.' }];
    return [
      {
        verdict: 'bad',
        what: `Meta no abre ${account.settings.objectId} con ese token.`,
        remedy: 'Revisa el identificador y el token en developers.facebook.com › My Apps › (tu app).',
      },
    ];
  } catch (error) {
    const remedy = 'Revisa que este servidor pueda salir a graph.facebook.com e inténtalo otra vez.';
    return [{ verdict: 'unknown', what: `No se pudo preguntar a Meta (${(error as Error).message}).`, remedy }];
  }
};
