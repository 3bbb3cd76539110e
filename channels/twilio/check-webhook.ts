import type { Finding } from '../../server/contract/messaging.ts';
import { TRY_AGAIN } from './twilio-doors.ts';

/**
 * Whether what comes in is brought to us.
 * @param where the screen of Twilio's console and the field in which it is set
 */
export function checkWebhook(
  set: string | null | undefined,
  method: string,
  wanted: string | null,
  where: string,
): Finding[] {
  if (!wanted) return [];
  const [address = '', overrides] = (set ?? '').split('#');
  if (address !== wanted) {
    const what = address
      ? `Lo que llega va a ${address}, no a este servidor.`
      : 'Lo que llega no se trae a este servidor.';
    return [{ verdict: 'bad', what, remedy: `En ${where}, pon ${wanted}${TRY_AGAIN} con HTTP POST.` }];
  }
  if (method.toUpperCase() !== 'POST') {
    return [{ verdict: 'bad', what: `Lo que llega se trae con ${method}.`, remedy: `En ${where}, elige HTTP POST.` }];
  }
  const good: Finding = { verdict: 'good', what: `Lo que llega se trae a ${wanted}.` };
  return overrides?.includes('rc=') ? [good] : [good, once(wanted, where)];
}

const once = (wanted: string, where: string): Finding => ({
  verdict: 'unknown',
  what: 'Si este servidor está detenido cuando llega un mensaje, Twilio solo lo intenta una vez más.',
  remedy: `En ${where}, escribe ${wanted}${TRY_AGAIN} para que lo intente hasta cinco veces.`,
});
