import type { InboundStatus } from '../../server/contract/channel.ts';

type Failure = NonNullable<InboundStatus['failure']>;

/** Whoever administers the system can mend it; the same message may be sent again afterwards. */
const MENDABLE = false;
/** The same message to the same person will fail again. */
const FINAL = true;

/**
 * What Twilio's codes mean to whoever wrote the message: what happened, and what to do.
 * @see https://www.twilio.com/docs/api/errors
 */
const CODES: Record<string, [permanent: boolean, reason: string]> = {
  20003: [
    MENDABLE,
    'Twilio no aceptó las credenciales de esta cuenta. Pide a quien administra el sistema que las revise.',
  ],
  20404: [MENDABLE, 'Twilio no conoce esta cuenta o su servicio. Pide a quien administra el sistema que la revise.'],
  21211: [FINAL, 'El número no es válido. Revisa que esté completo y pide uno correcto a la persona.'],
  21212: [
    MENDABLE,
    'Twilio no reconoce el número desde el que escribimos. Pide a quien administra el sistema que lo revise.',
  ],
  21408: [
    MENDABLE,
    'La cuenta de Twilio no tiene permiso de enviar a ese país. Quien la administra puede activarlo en Twilio.',
  ],
  21606: [
    MENDABLE,
    'El número desde el que escribimos no puede enviar mensajes. Pide a quien administra el sistema que lo revise.',
  ],
  21610: [
    FINAL,
    'La persona respondió STOP y ya no recibe mensajes de este número. Búscala por otro medio; si escribe START, los recibe otra vez.',
  ],
  21612: [FINAL, 'Desde nuestro número no se puede enviar a ese. Busca a la persona por otro medio.'],
  21614: [FINAL, 'Ese número no es de un celular. Busca a la persona por otro medio.'],
  21617: [FINAL, 'El mensaje es demasiado largo. Divídelo en varios.'],
  21620: [FINAL, 'Twilio no pudo leer el archivo. Envíalo como JPG, PNG o PDF.'],
  21655: [MENDABLE, 'Twilio no encuentra la plantilla. Pide a quien administra el sistema que revise su ContentSid.'],
  21656: [FINAL, 'A la plantilla le faltan datos o le sobran. Revisa lo que escribiste y envíala de nuevo.'],
  21660: [
    MENDABLE,
    'El número desde el que escribimos no es de esta cuenta de Twilio. Pide a quien administra el sistema que lo revise.',
  ],
  21712: [
    MENDABLE,
    'El número desde el que escribimos no está en el servicio de mensajería de Twilio. Pide a quien administra el sistema que lo agregue.',
  ],
  30001: [MENDABLE, 'Había demasiados mensajes en espera. Envíalo otra vez en unos minutos.'],
  30002: [MENDABLE, 'La cuenta de Twilio está suspendida. Avisa a quien administra el sistema.'],
  30003: [MENDABLE, 'El teléfono está apagado o sin señal. Inténtalo más tarde o llama a la persona.'],
  30004: [FINAL, 'La persona o su compañía bloquean los mensajes de este número. Búscala por otro medio.'],
  30005: [FINAL, 'Ese número no existe o ya no está en servicio. Pide otro a la persona.'],
  30006: [FINAL, 'Es un teléfono fijo, o su compañía no recibe SMS. Busca a la persona por otro medio.'],
  30007: [
    FINAL,
    'La compañía telefónica filtró el mensaje como no deseado. Escríbelo de otra forma, sin enlaces, o llama a la persona.',
  ],
  30008: [MENDABLE, 'La compañía telefónica no lo entregó y no dijo por qué. Inténtalo otra vez.'],
  63001: [MENDABLE, 'WhatsApp no reconoció a esta cuenta de Twilio. Pide a quien administra el sistema que la revise.'],
  63003: [FINAL, 'Ese número no tiene WhatsApp. Busca a la persona por otro medio.'],
  63005: [FINAL, 'WhatsApp no aceptó el contenido del mensaje. Cámbialo y envíalo de nuevo.'],
  63007: [
    MENDABLE,
    'El número desde el que escribimos no está dado de alta en WhatsApp. Pide a quien administra el sistema que lo revise.',
  ],
  63012: [MENDABLE, 'WhatsApp tuvo un problema interno. Inténtalo otra vez en unos minutos.'],
  63013: [FINAL, 'WhatsApp rechazó el mensaje porque va contra sus reglas. Cambia lo que dice y envíalo de nuevo.'],
  63016: [FINAL, 'Pasaron más de 24 horas desde el último mensaje de la persona. Envíale una plantilla.'],
  63018: [MENDABLE, 'WhatsApp pide ir más despacio. Inténtalo otra vez en unos minutos.'],
  63019: [
    FINAL,
    'WhatsApp no pudo descargar el archivo. Revisa que pese menos de 16 MB y envíalo como JPG, PNG, PDF o MP4.',
  ],
  63020: [MENDABLE, 'El municipio no ha aceptado a Twilio en su cuenta de Meta. Avisa a quien administra el sistema.'],
  63021: [FINAL, 'WhatsApp no aceptó el contenido del mensaje. Cámbialo y envíalo de nuevo.'],
  63024: [
    FINAL,
    'Ese número no puede recibir mensajes de WhatsApp. Revisa que sea correcto o busca a la persona por otro medio.',
  ],
  63027: [
    MENDABLE,
    'La plantilla no existe en ese idioma en WhatsApp. Pide a quien administra el sistema que la revise.',
  ],
  63028: [FINAL, 'A la plantilla le faltan datos o le sobran. Revisa lo que escribiste y envíala de nuevo.'],
  63032: [
    FINAL,
    'WhatsApp limita los mensajes que recibe esta persona y no entregó el nuestro. Espera a que escriba o búscala por otro medio.',
  ],
  63033: [FINAL, 'La persona bloqueó a este número en WhatsApp. Búscala por otro medio.'],
  63038: [
    MENDABLE,
    'La cuenta llegó a su límite de mensajes de hoy. Inténtalo mañana o avisa a quien administra el sistema.',
  ],
  63049: [
    FINAL,
    'Meta decidió no entregar esta plantilla de promoción. Usa una plantilla informativa o busca a la persona por otro medio.',
  ],
};

/** Codes by which Twilio asks for patience. */
export const PATIENCE = new Set(['20429', '21611', '63017', '63018']);

/** @param code Twilio's, or a status of its own where it gives none */
export function failureOf(code: string): Failure {
  const [permanent, reason] = CODES[code] ?? [
    MENDABLE,
    `Twilio no pudo entregar el mensaje (${code}). Inténtalo otra vez o busca a la persona por otro medio.`,
  ];
  return { code, permanent, reason };
}
