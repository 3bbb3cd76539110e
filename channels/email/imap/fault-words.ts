import { TokenError } from '../oauth/access-token.ts';
import type { MailboxAccount } from './mailbox.ts';

interface ImapError extends Error {
  code?: string;
  authenticationFailed?: boolean;
  mailboxMissing?: boolean;
  responseText?: string;
  response?: string;
}

const gone = new Set(['NoConnection', 'EConnectionClosed', 'StateLogout', 'ECONNRESET', 'EPIPE', 'ETIMEOUT']);
const unreached =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|(?:CONNECT|GREETING)_TIMEOUT)$/;
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|^ERR_TLS/;

/** Why a mailbox cannot be read, for whoever looks after it. */
export function faultWords(error: unknown, { host, port, auth, folder }: MailboxAccount): string {
  if (error instanceof TokenError) {
    return error.refusal
      ? `El servicio de acceso ya no da permiso a la cuenta ${auth.user}; hay que autorizarla otra vez (${error.message}).`
      : `El servicio de acceso de la cuenta ${auth.user} no responde (${error.message}).`;
  }
  const { code = '', message, authenticationFailed, mailboxMissing, responseText, response } = error as ImapError;
  const said = responseText ?? response;
  if (authenticationFailed) {
    return `El servidor de correo ${host} no aceptó la cuenta ${auth.user}${said ? ` (${said})` : ''}.`;
  }
  if (mailboxMissing) return `La carpeta «${folder}» no existe en la cuenta ${auth.user}.`;
  if (unreached.test(code)) return `No se puede llegar al servidor de correo ${host}:${port} (${code}).`;
  if (certificate.test(code)) return `El certificado del servidor de correo ${host} no es de confianza (${code}).`;
  if (gone.has(code)) return `El servidor de correo ${host} cerró la conexión.`;
  return said ? `${message} (${said})` : message;
}
