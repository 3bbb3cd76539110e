import type { Finding } from '../../server/contract/messaging.ts';
import type { Checked } from './checked.ts';
import { TRY_AGAIN } from './twilio-doors.ts';
import { CALL_STATUS_PATH, FALLBACK_PATH, VOICE_PATH } from './voice-paths.ts';

const NUMBER = 'console.twilio.com › Phone Numbers › Manage › Active numbers › (tu número) › Voice Configuration';
const BUY = 'console.twilio.com › Phone Numbers › Buy a number';
const KEYS = 'console.twilio.com › Account › API keys & tokens › Create API key';
/** Where Twilio keeps TwiML Bins: they answer while this server is stopped. */
const BINS = 'https://handler.twilio.com/';

/** Whether the number of a telephone line is there, takes calls, and asks us what to do with them. */
export async function checkVoiceNumber({ client, account, publicUrl }: Checked): Promise<Finding[]> {
  const { address } = account;
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: address, limit: 1 });
  if (!number) {
    const what = `El número ${address} no es de esta cuenta de Twilio.`;
    return [{ verdict: 'bad', what, remedy: `Compra uno con voz en ${BUY}, y escríbelo en accounts de city.yaml.` }];
  }
  if (!number.capabilities.voice) {
    const remedy = `Elige otro con «Voice» entre sus Capabilities, en ${BUY}.`;
    return [{ verdict: 'bad', what: `El número ${address} no recibe llamadas.`, remedy }];
  }
  const good: Finding = { verdict: 'good', what: `El número ${address} es de la cuenta y recibe llamadas.` };
  if (number.trunkSid || number.voiceApplicationSid) {
    const by = number.trunkSid ? 'una troncal SIP' : 'una TwiML App';
    const what = `Del número se ocupa ${by}, no este servidor.`;
    return [good, { verdict: 'bad', what, remedy: `En ${NUMBER}, en «Configure with» elige Webhook.` }];
  }
  if (!publicUrl) return [good];
  return [
    good,
    handler(number.voiceUrl, number.voiceMethod, publicUrl),
    fallback(number.voiceFallbackUrl, publicUrl),
    status(number.statusCallback, number.statusCallbackMethod, publicUrl),
  ];
}

/** Whether operators' browsers can sign in. */
export async function checkVoiceKey({ account }: Checked): Promise<Finding[]> {
  const { apiKey } = account.settings;
  const remedy = `Crea una de tipo Standard en ${KEYS} y copia su SID y su Secret a TWILIO_API_KEY_SID y TWILIO_API_KEY_SECRET.`;
  if (!apiKey) {
    const what = 'No hay clave de API: sin ella nadie puede contestar llamadas en la consola.';
    return [{ verdict: 'bad', what, remedy }];
  }
  const { createKeyClient, refusalOf } = await import('./twilio-client.ts');
  try {
    await createKeyClient(account.settings, apiKey).incomingPhoneNumbers.list({ limit: 1 });
    return [{ verdict: 'good', what: 'Twilio reconoce la clave de API con la que entran los navegadores.' }];
  } catch (error) {
    if (![401, 403].includes(refusalOf(error)?.status ?? 0)) throw error;
    return [{ verdict: 'bad', what: `Twilio no acepta la clave de API ${apiKey.sid} con ese secreto.`, remedy }];
  }
}

function handler(set: string, method: string, publicUrl: string): Finding {
  const wanted = new URL(VOICE_PATH, publicUrl).href;
  if (bare(set) === wanted && method === 'POST') {
    return { verdict: 'good', what: `Las llamadas llegan a ${wanted}.` };
  }
  const what = set
    ? `Las llamadas van a ${set} (${method}), no a este servidor.`
    : 'Las llamadas no van a ningún lado.';
  return {
    verdict: 'bad',
    what,
    remedy: `En ${NUMBER} › A call comes in, pon Webhook, ${wanted}${TRY_AGAIN} y HTTP POST.`,
  };
}

function fallback(set: string, publicUrl: string): Finding {
  if (set?.startsWith(BINS)) {
    return { verdict: 'good', what: 'Si este servidor está detenido, contesta un TwiML Bin.' };
  }
  const own = bare(set) === new URL(FALLBACK_PATH, publicUrl).href;
  return {
    verdict: own ? 'unknown' : 'bad',
    what: own
      ? 'Si algo falla, este mismo servidor pide paciencia; mientras está detenido, las llamadas se cortan.'
      : 'Si este servidor no contesta, las llamadas se cortan.',
    remedy: `Haz un TwiML Bin como dice docs/telephone.md y elígelo en ${NUMBER} › Primary handler fails.`,
  };
}

function status(set: string, method: string, publicUrl: string): Finding {
  const wanted = new URL(CALL_STATUS_PATH, publicUrl).href;
  if (bare(set) === wanted && method === 'POST') {
    return { verdict: 'good', what: `El fin de cada llamada se avisa a ${wanted}.` };
  }
  return {
    verdict: 'bad',
    what: 'De que alguien cuelga nos enteramos tarde: el fin de las llamadas no se avisa a este servidor.',
    remedy: `En ${NUMBER} › Call status changes, pon ${wanted}${TRY_AGAIN} y HTTP POST.`,
  };
}

const bare = (set: string | null): string => (set ?? '').split('#')[0] ?? '';
