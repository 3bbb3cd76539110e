import type { CheckAccount, Finding } from '../../server/contract/messaging.ts';
import { checkContents } from './check-contents.ts';
import { checkNumber } from './check-number.ts';
import { checkSender } from './check-sender.ts';
import { checkService } from './check-service.ts';
import { checkVoiceKey, checkVoiceNumber } from './check-voice-number.ts';
import type { Checked } from './checked.ts';
import { isTwilioAccount } from './twilio-account.ts';
import { MESSAGES_PATH } from './twilio-doors.ts';

/**
 * Looks at an account at Twilio: its credentials, its number, where what comes in is brought, its Messaging Service and
 * its templates.
 */
export const checkTwilioAccount: CheckAccount = async (account, { publicUrl, templates }) => {
  if (!isTwilioAccount(account)) throw new Error(`${account.id} is no account at Twilio`);
  const { createTwilioClient, refusalOf } = await import('./twilio-client.ts');
  const webhook = publicUrl && new URL(MESSAGES_PATH, publicUrl).href;
  const checked: Checked = { client: createTwilioClient(account.settings), account, webhook, publicUrl };
  const looked = async (what: string, look: () => Promise<Finding[]>): Promise<Finding[]> => {
    try {
      return await look();
    } catch (error) {
      const refusal = refusalOf(error);
      return [unseen(what, refusal ? `Twilio respondió ${refusal.code}` : (error as Error).message)];
    }
  };

  const entrance = await looked('la cuenta', () => checkCredentials(checked));
  if (!entrance.some(({ verdict }) => verdict === 'good')) return entrance;
  if (account.channel === 'voice') {
    const line = await Promise.all([
      looked('el número', () => checkVoiceNumber(checked)),
      looked('la clave de API', () => checkVoiceKey(checked)),
    ]);
    return [...entrance, ...line.flat()];
  }
  const rest = await Promise.all([
    account.channel === 'sms'
      ? looked('el número', () => checkNumber(checked))
      : looked('el remitente de WhatsApp', () => checkSender(checked)),
    looked('el servicio de mensajería', () => checkService(checked)),
    account.channel === 'whatsapp' ? looked('las plantillas', () => checkContents(checked, templates)) : [],
  ]);
  return [...entrance, ...rest.flat()];
};

async function checkCredentials({ client, account }: Checked): Promise<Finding[]> {
  const { refusalOf } = await import('./twilio-client.ts');
  const { accountSid } = account.settings;
  try {
    const { status, type, friendlyName } = await client.api.v2010.accounts(accountSid).fetch();
    if (status !== 'active') {
      const remedy = 'En console.twilio.com, abre Admin › Account management y reactívala, o escribe a Twilio.';
      return [{ verdict: 'bad', what: `La cuenta de Twilio «${friendlyName}» no está activa (${status}).`, remedy }];
    }
    const good: Finding = { verdict: 'good', what: `Twilio reconoce la cuenta «${friendlyName}».` };
    return type === 'Trial' ? [good, trial] : [good];
  } catch (error) {
    if (![401, 403].includes(refusalOf(error)?.status ?? 0)) throw error;
    return [
      {
        verdict: 'bad',
        what: `Twilio no acepta el Account SID ${accountSid} con ese Auth Token.`,
        remedy:
          'Cópialos de console.twilio.com › Account Dashboard › Account Info a TWILIO_ACCOUNT_SID y TWILIO_AUTH_TOKEN.',
      },
    ];
  }
}

const trial: Finding = {
  verdict: 'unknown',
  what: 'La cuenta de Twilio es de prueba: solo escribe y llama a números verificados, y antepone un aviso.',
  remedy: 'Para atender a la ciudadanía, en console.twilio.com elige Upgrade.',
};

const unseen = (what: string, why: string): Finding => ({
  verdict: 'unknown',
  what: `No se pudo revisar ${what}: ${why}.`,
  remedy:
    'Inténtalo otra vez en unos minutos; si sigue igual, revísalo en console.twilio.com › Monitor › Logs › Errors.',
});
