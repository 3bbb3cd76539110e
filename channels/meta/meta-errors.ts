import type { InboundStatus, SendResult } from '../../server/contract/channel.ts';
import { codeOf, type GraphError } from './graph-error.ts';

interface Refusal {
  /** What happened and what to do, to whoever sent the message. */
  reason: string;
  /** The same message will never go, however often it is tried. */
  permanent: boolean;
}

const never = (reason: string): Refusal => ({ reason, permanent: true });
const notNow = (reason: string): Refusal => ({ reason, permanent: false });

const WINDOW = 'Pasaron más de 24 horas desde el último mensaje de la persona.';
const TOKEN =
  'Meta ya no acepta la clave de acceso de esta cuenta. Avisa a quien administra el sistema: hay que generar otra.';
const PERMISSION =
  'A la aplicación le falta un permiso en Meta para enviar desde esta cuenta. Avisa a quien administra el sistema.';
const GONE = 'Esta persona ya no recibe mensajes de la cuenta: la bloqueó o cerró la suya. Búscala por otro medio.';
const OVERLOADED = 'WhatsApp iba demasiado cargado. Inténtalo otra vez.';
const FILE = 'Meta no pudo procesar el archivo. Envíalo en otro formato o comparte un enlace.';
const TELL = 'Avisa a quien administra el sistema.';

/**
 * By code, or by code and subcode where that tells more.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 */
const refusals: Record<string, Refusal> = {
  // Who we are
  '0': notNow(TOKEN),
  '190': notNow(TOKEN),
  '3': notNow(PERMISSION),
  '10': notNow(PERMISSION),
  '200': notNow(PERMISSION),
  '230': notNow(PERMISSION),
  '299': notNow(PERMISSION),
  '131005': notNow(PERMISSION),
  '100/33': notNow(PERMISSION),
  '33': notNow('El número de la ciudad ya no existe en Meta. Avisa a quien administra el sistema.'),
  '131031': notNow('Meta bloqueó la cuenta de WhatsApp de la ciudad. Avisa a quien administra el sistema.'),
  '368': notNow(
    'Meta suspendió la cuenta por un tiempo. Avisa a quien administra el sistema y busca a la persona por otro medio.',
  ),
  '131042': notNow(
    'Meta no pudo cobrar el mensaje a la cuenta. Avisa a quien administra el sistema: hay que revisar el pago.',
  ),
  '131045': notNow('El número de la ciudad no está registrado en WhatsApp. Avisa a quien administra el sistema.'),
  '133010': notNow('El número de la ciudad no está registrado en WhatsApp. Avisa a quien administra el sistema.'),
  '131037': notNow('WhatsApp aún no aprueba el nombre de la cuenta. Avisa a quien administra el sistema.'),
  '130497': never('La cuenta no puede escribir a personas de ese país. Busca a la persona por otro medio.'),
  '131048': notNow(
    'WhatsApp limitó los envíos de la ciudad porque varias personas marcaron sus mensajes como no deseados. Inténtalo más tarde.',
  ),

  // To whom
  '131026': never(
    'WhatsApp no pudo entregarlo: el número no usa WhatsApp, tiene una versión antigua o no ha aceptado sus condiciones. Busca a la persona por otro medio.',
  ),
  '131021': never('El número es el mismo desde el que se envía. Revisa a quién le escribes.'),
  '131030': never('La cuenta es de prueba y este número no está en su lista. Avisa a quien administra el sistema.'),
  '131050': never('La persona pidió a WhatsApp no recibir mensajes de este tipo. Respeta su decisión.'),
  '131062': never(
    'Este mensaje solo puede enviarse a un número de teléfono, y la persona no muestra el suyo. Envíale otro mensaje.',
  ),
  '130472': never('WhatsApp no entrega este tipo de aviso a esta persona. Búscala por otro medio.'),
  '131049': notNow('WhatsApp decidió no entregarlo ahora para no saturar a la persona. Inténtalo mañana.'),
  '551': never(GONE),
  '200/1545041': never(GONE),
  '10/2018108': never(GONE),
  '100/2018001': never('Esa persona ya no existe para Meta. Búscala por otro medio.'),
  '100/2534014': never('Esa persona ya no existe para Meta. Búscala por otro medio.'),
  '100/2534001': notNow('La persona archivó o borró la conversación. Espera a que escriba de nuevo.'),

  // When
  '131047': notNow(`${WINDOW} Envía una plantilla para retomar la conversación.`),
  '10/2018278': notNow(`${WINDOW} Espera a que escriba de nuevo o búscala por otro medio.`),
  '10/2018065': notNow(`${WINDOW} Espera a que escriba de nuevo o búscala por otro medio.`),
  '10/2534022': notNow(`${WINDOW} Espera a que escriba de nuevo o búscala por otro medio.`),
  '10/2018300': notNow('La conversación la atiende otra aplicación de la página. Libérala en Meta Business Suite.'),
  '100/2018300': notNow('La conversación la atiende otra aplicación de la página. Libérala en Meta Business Suite.'),

  // What
  '100': never(
    'Meta no entendió el mensaje. Escríbelo de otra forma; si vuelve a pasar, avisa a quien administra el sistema.',
  ),
  '131008': never('Al mensaje le falta un dato que WhatsApp exige. Avisa a quien administra el sistema.'),
  '131009': never('Algún dato del mensaje no es válido para WhatsApp. Escríbelo de otra forma.'),
  '131051': never('WhatsApp no admite ese tipo de mensaje. Envíalo como texto.'),
  '131052': never('Meta no pudo descargar el archivo. Envíalo otra vez.'),
  '131053': never(FILE),
  '100/2018047': never(FILE),
  '100/2018008': never(FILE),
  '100/2018109': never('El archivo es más grande de lo que admite Meta. Comparte un enlace.'),
  '100/2534025': never('El texto es más largo de lo que admite Instagram. Divídelo en varios mensajes.'),

  // Templates
  '132000': never(`La plantilla espera otro número de datos. ${TELL}`),
  '132001': never(`La plantilla no existe en Meta en ese idioma o aún no está aprobada. ${TELL}`),
  '132005': never('La plantilla quedó demasiado larga con esos datos. Acórtalos.'),
  '132007': never(`El contenido de la plantilla no cumple las reglas de WhatsApp. ${TELL}`),
  '132012': never('Algún dato de la plantilla no tiene el formato esperado. Revísalos.'),
  '132015': notNow(`Meta pausó la plantilla por su baja calidad. Usa otra. ${TELL}`),
  '132016': never(`Meta desactivó la plantilla por su baja calidad. Usa otra. ${TELL}`),
};

/** Too much at once, and how long to wait where Meta does not say. */
const throttles: Record<string, number> = {
  '4': 60,
  '17': 60,
  '32': 60,
  '613': 60,
  '80002': 60,
  '80006': 60,
  '80007': 60,
  '130429': 5,
  // One message in six seconds to one person, after a burst.
  '131056': 6,
};

/** Meta's own trouble, whatever the status beside it. */
const TRANSIENT = new Set(['1', '2', '1200', '131000', '131016', '131057', '133004']);

/** What became of a send that Meta refused. @throws what is worth a retry */
export function refusalOf(error: GraphError): SendResult {
  const wait = throttles[String(error.code)] ?? (error.status === 429 ? 10 : undefined);
  if (wait !== undefined) return { outcome: 'throttled', retryAfterSeconds: error.retryAfterSeconds ?? wait };
  const known = refusals[codeOf(error)] ?? refusals[String(error.code)];
  if (isTransient(error, known)) throw new Error(`Meta could not take it: ${codeOf(error)} ${error.message}`);
  return { outcome: 'rejected', providerCode: codeOf(error), ...(known ?? unknown(codeOf(error), error.message)) };
}

/** Whether Meta may say otherwise in a moment. */
export function isTransient(error: GraphError, known: object | undefined = refusals[String(error.code)]): boolean {
  return TRANSIENT.has(String(error.code)) || (!known && error.status >= 500);
}

/**
 * Why a message that Meta had taken did not arrive, as its report says.
 * @param code null where it says nothing
 */
export function failureOf(code: number | null, details: string): NonNullable<InboundStatus['failure']> {
  const key = String(code);
  const known = refusals[key] ?? (key in throttles ? notNow(OVERLOADED) : undefined);
  const shown = code === null ? 'failed' : key;
  return { code: shown, ...(known ?? unknown(shown, details)) };
}

const unknown = (code: string, message: string): Refusal =>
  notNow(
    `Meta no entregó el mensaje (${[code, message.slice(0, 300)].filter(Boolean).join(': ')}). Inténtalo otra vez o busca a la persona por otro medio.`,
  );
