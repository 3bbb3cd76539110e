import type { CheckAccount, Finding } from '../../server/contract/messaging.ts';
import { checkBusinessAccount, checkNumber } from './check-number.ts';
import { checkPage } from './check-page.ts';
import { checkSubscription } from './check-subscription.ts';
import { checkTemplates } from './check-templates.ts';
import { checkToken } from './check-token.ts';
import { type Checked, doubtful } from './checked.ts';
import { createGraphClient } from './graph-client.ts';
import { isMetaAccount } from './meta-account.ts';

/**
 * Looks at an account at Meta: its token and app, its number, page or profile, where what comes in is brought, and its
 * templates.
 */
export const checkMetaAccount: CheckAccount = async (account, { publicUrl, templates }) => {
  if (!isMetaAccount(account)) throw new Error(`${account.id} is no account at Meta`);
  const checked: Checked = { account, graph: createGraphClient(account.settings), publicUrl, templates };
  const entrance = await looked('la cuenta', async () => {
    const { findings, app } = await checkToken(checked);
    return app ? { findings, app } : findings;
  });
  if (!('app' in entrance)) return entrance;
  const { findings, app } = entrance;
  const rest: Promise<Finding[]>[] = [looked('adónde llega lo que pasa', () => checkSubscription(checked, app))];
  if (account.channel === 'whatsapp') {
    rest.push(
      looked('el número', () => checkNumber(checked)),
      looked('la cuenta de WhatsApp', () => checkBusinessAccount(checked, app)),
      looked('las plantillas', () => checkTemplates(checked)),
    );
  } else {
    rest.push(looked('la página', () => checkPage(checked, app)));
  }
  return [...findings, ...(await Promise.all(rest)).flat()];
};

async function looked<T>(what: string, look: () => Promise<T | Finding[]>): Promise<T | Finding[]> {
  try {
    return await look();
  } catch (error) {
    const remedy =
      'Revisa que este servidor pueda salir a graph.facebook.com e inténtalo otra vez; el estado de Meta está en metastatus.com.';
    return [doubtful(`No se pudo revisar ${what}: ${(error as Error).message.replace(/\.$/, '')}.`, remedy)];
  }
}
