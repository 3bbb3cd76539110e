import type { InboundStatus } from '../../server/contract/channel.ts';

type Failure = NonNullable<InboundStatus['failure']>;

/**
 * What Twilio's codes mean to whoever wrote the message: what happened, and what to do.
 * @see https://www.twilio.com/docs/api/errors
 */
const REASONS: Record<string, string> = {
  11200: 'Twilio no pudo descargar el archivo. Inténtalo otra vez o envíalo como enlace.',
  12300: 'Twilio no acepta ese tipo de archivo. Envíalo como JPG, PNG, PDF o MP4.',
  20003: 'Twilio no aceptó las credenciales de esta cuenta. Pide a quien administra el sistema que las revise.',
  20404: 'Twilio no conoce esta cuenta o su servicio. Pide a quien administra el sistema que la revise.',
  21211: 'El número no es válido. Revisa que esté completo y pide uno correcto a la persona.',
  21212: 'Twilio no reconoce el número desde el que escribimos. Pide a quien administra el sistema que lo revise.',
  21408: 'La cuenta de Twilio no tiene permiso de enviar a ese país. Quien la administra puede activarlo en Twilio.',
  21606:
    'El número desde el que escribimos no puede enviar mensajes. Pide a quien administra el sistema que lo revise.',
  21610:
    'La persona respondió STOP y ya no recibe mensajes de este número. Búscala por otro medio; si escribe START, los recibe otra vez.',
  21612: 'Desde nuestro número no se puede enviar a ese. Busca a la persona por otro medio.',
  21614: 'Ese número no es de un celular. Busca a la persona por otro medio.',
  21617: 'El mensaje es demasiado largo. Divídelo en varios.',
  21620: 'Twilio no pudo leer el archivo. Envíalo como JPG, PNG o PDF.',
  21623: 'El mensaje lleva más archivos de los que se aceptan. Envíalos uno por uno.',
  21655: 'Twilio no encuentra la plantilla. Pide a quien administra el sistema que revise su ContentSid.',
  21656: 'A la plantilla le faltan datos o le sobran. Revisa lo que escribiste y envíala de nuevo.',
  21660:
    'El número desde el que escribimos no es de esta cuenta de Twilio. Pide a quien administra el sistema que lo revise.',
  21712:
    'El número desde el que escribimos no está en el servicio de mensajería de Twilio. Pide a quien administra el sistema que lo agregue.',
  30001: 'Había demasiados mensajes en espera. Envíalo otra vez en unos minutos.',
  30002: 'La cuenta de Twilio está suspendida. Avisa a quien administra el sistema.',
  30003: 'El teléfono está apagado o sin señal. Inténtalo más tarde o llama a la persona.',
  30004: 'La persona o su compañía bloquean los mensajes de este número. Búscala por otro medio.',
  30005: 'Ese número no existe o ya no está en servicio. Pide otro a la persona.',
  30006: 'Es un teléfono fijo, o su compañía no recibe SMS. Busca a la persona por otro medio.',
  30007:
    'La compañía telefónica filtró el mensaje como no deseado. Escríbelo de otra forma, sin enlaces, o llama a la persona.',
  30008: 'La compañía telefónica no lo entregó y no dijo por qué. Inténtalo otra vez.',
  63001: 'WhatsApp no reconoció a esta cuenta de Twilio. Pide a quien administra el sistema que la revise.',
  63003: 'Ese número no tiene WhatsApp. Busca a la persona por otro medio.',
  63005: 'WhatsApp no aceptó el contenido del mensaje. Cámbialo y envíalo de nuevo.',
  63007:
    'El número desde el que escribimos no está dado de alta en WhatsApp. Pide a quien administra el sistema que lo revise.',
  63012: 'WhatsApp tuvo un problema interno. Inténtalo otra vez en unos minutos.',
  63013: 'WhatsApp rechazó el mensaje porque va contra sus reglas. Cambia lo que dice y envíalo de nuevo.',
  63016: 'Pasaron más de 24 horas desde el último mensaje de la persona. Envíale una plantilla.',
  63018: 'WhatsApp pide ir más despacio. Inténtalo otra vez en unos minutos.',
  63019: 'WhatsApp no pudo descargar el archivo. Revisa que pese menos de 16 MB y envíalo como JPG, PNG, PDF o MP4.',
  63020: 'El municipio no ha aceptado a Twilio en su cuenta de Meta. Avisa a quien administra el sistema.',
  63021: 'WhatsApp no aceptó el contenido del mensaje. Cámbialo y envíalo de nuevo.',
  63024:
    'Ese número no puede recibir mensajes de WhatsApp. Revisa que sea correcto o busca a la persona por otro medio.',
  63027: 'La plantilla no existe en ese idioma en WhatsApp. Pide a quien administra el sistema que la revise.',
  63028: 'A la plantilla le faltan datos o le sobran. Revisa lo que escribiste y envíala de nuevo.',
  63032:
    'WhatsApp limita los mensajes que recibe esta persona y no entregó el nuestro. Espera a que escriba o búscala por otro medio.',
  63033: 'La persona bloqueó a este número en WhatsApp. Búscala por otro medio.',
  63038: 'La cuenta llegó a su límite de mensajes de hoy. Inténtalo mañana o avisa a quien administra el sistema.',
  63049:
    'Meta decidió no entregar esta plantilla de promoción. Usa una plantilla informativa o busca a la persona por otro medio.',
};

/** The same message to the same person would fail again; after any other it may be tried, once somebody mended it. */
const FINAL = new Set([
  '12300',
  '21211',
  '21610',
  '21612',
  '21614',
  '21617',
  '21620',
  '21623',
  '21656',
  '30004',
  '30005',
  '30006',
  '30007',
  '63003',
  '63005',
  '63013',
  '63016',
  '63019',
  '63021',
  '63024',
  '63028',
  '63032',
  '63033',
  '63049',
]);

/** Codes by which Twilio asks for patience. */
export const PATIENCE = new Set(['20429', '21611', '63017', '63018']);

/** @param code Twilio's, or a status of its own where it gives none */
export function failureOf(code: string): Failure {
  const unknown = `Twilio no pudo entregar el mensaje (${code}). Inténtalo otra vez o busca a la persona por otro medio.`;
  return { code, permanent: FINAL.has(code), reason: REASONS[code] ?? unknown };
}
