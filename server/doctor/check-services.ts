import type { Config } from '../config.ts';
import type { Finding } from '../contract/messaging.ts';
import { bad, good, unknown } from './section.ts';

const PATIENCE_MS = 10_000;

/** Whether the language model answers, by the list of models that an OpenAI-compatible server has. */
export function checkLanguageModel({ LLM_BASE_URL, LLM_MODEL, LLM_API_KEY }: Config): Promise<Finding[]> {
  return checkModel('El modelo de lenguaje', 'LLM', LLM_BASE_URL, LLM_MODEL, LLM_API_KEY);
}

/** The same of what writes down voice notes. */
export function checkSpeech({ SPEECH_BASE_URL, SPEECH_MODEL, SPEECH_API_KEY }: Config): Promise<Finding[]> {
  return checkModel('El que transcribe notas de voz', 'SPEECH', SPEECH_BASE_URL, SPEECH_MODEL, SPEECH_API_KEY);
}

async function checkModel(
  name: string,
  prefix: 'LLM' | 'SPEECH',
  baseUrl: string | undefined,
  model: string | undefined,
  apiKey: string | undefined,
): Promise<Finding[]> {
  if (!baseUrl) {
    const remedy = `Es opcional. Para conectarlo, pon ${prefix}_BASE_URL y ${prefix}_MODEL en .env: docs/teach-the-bot.md.`;
    return [unknown(`${name} no está conectado.`, remedy)];
  }
  const answer = await asked(`${baseUrl.replace(/\/$/, '')}/models`, {
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
  });
  if (typeof answer === 'string') {
    const remedy = `Revisa ${prefix}_BASE_URL y que ese servidor esté corriendo.`;
    return [bad(`${name} no contesta en ${baseUrl} (${answer}).`, remedy)];
  }
  if (answer.status === 401 || answer.status === 403) {
    return [bad(`${name} rechaza la clave (${answer.status}).`, `Revisa ${prefix}_API_KEY.`)];
  }
  const there = good(`${name} contesta en ${baseUrl}.`);
  // Not every compatible server lists what it has.
  if (answer.status !== 200 || !answer.text.includes('"data"')) return [there];
  if (model && !answer.text.includes(`"${model}"`)) {
    return [there, bad(`No tiene el modelo «${model}».`, `Revisa ${prefix}_MODEL, o descarga ese modelo ahí.`)];
  }
  return [there, good(`Tiene el modelo «${model ?? ''}».`)];
}

/** Whether addresses are found outside of the city's own content. */
export async function checkGeocoder({ GEOCODER_URL }: Config): Promise<Finding[]> {
  if (!GEOCODER_URL) {
    const remedy = 'Es opcional. Para conectar un Nominatim, pon GEOCODER_URL en .env: docs/another-city.md.';
    return [unknown('Las direcciones salen sólo del contenido de la ciudad.', remedy)];
  }
  const answer = await asked(`${GEOCODER_URL.replace(/\/$/, '')}/status?format=json`, {});
  return typeof answer === 'string' || answer.status >= 500
    ? [
        bad(
          `El geocodificador no contesta (${typeof answer === 'string' ? answer : answer.status}).`,
          'Revisa GEOCODER_URL y que Nominatim esté corriendo.',
        ),
      ]
    : [good(`El geocodificador contesta en ${GEOCODER_URL}.`)];
}

/** Whether the map's style can be had, and is one. */
export async function checkMapStyle({ MAP_STYLE_URL }: Config): Promise<Finding[]> {
  if (!MAP_STYLE_URL) {
    const remedy = 'Es opcional. Para otro mapa, pon MAP_STYLE_URL en .env: docs/another-city.md.';
    return [unknown('El mapa se dibuja con el contenido de la ciudad.', remedy)];
  }
  const answer = await asked(MAP_STYLE_URL, {});
  if (typeof answer === 'string' || answer.status !== 200) {
    const why = typeof answer === 'string' ? answer : `respondió ${answer.status}`;
    return [bad(`El estilo del mapa no se pudo leer (${why}).`, 'Revisa MAP_STYLE_URL.')];
  }
  return answer.text.includes('"layers"')
    ? [good('El estilo del mapa se puede leer.')]
    : [bad('Lo que hay en MAP_STYLE_URL no es un estilo de MapLibre.', 'Debe ser un JSON con «layers».')];
}

/** Whether the city's bot can be reached through the Bot Framework, by asking for a token as a message would. */
export async function checkBotFramework(config: Config): Promise<Finding[]> {
  const { MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: password, MICROSOFT_APP_TENANT_ID: tenant } = config;
  if (!id || !password) {
    const remedy = 'Es opcional. Para conectarlo, pon MICROSOFT_APP_ID y MICROSOFT_APP_PASSWORD en .env.';
    return [unknown('El Bot Framework no está conectado.', remedy)];
  }
  const authority = config.MICROSOFT_APP_TYPE === 'MultiTenant' ? 'botframework.com' : (tenant ?? 'botframework.com');
  const answer = await asked(`https://login.microsoftonline.com/${authority}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: password,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  if (typeof answer === 'string') {
    return [
      bad(`No se llega a Microsoft (${answer}).`, 'Revisa que el servidor pueda salir a login.microsoftonline.com.'),
    ];
  }
  return answer.status === 200
    ? [good('Microsoft reconoce al bot.')]
    : [bad(`Microsoft no reconoce al bot (${answer.status}).`, 'Revisa MICROSOFT_APP_ID y MICROSOFT_APP_PASSWORD.')];
}

/** Only the first of it: whoever answers at all is not read to the end. */
const MOST_CHARACTERS = 2_000_000;

async function asked(url: string, init: RequestInit): Promise<{ status: number; text: string } | string> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: response.status, text: (await response.text()).slice(0, MOST_CHARACTERS) };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return cause?.code ?? message;
  }
}
