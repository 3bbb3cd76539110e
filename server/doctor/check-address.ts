import type { Finding } from '../contract/messaging.ts';
import { isLoopback } from '../loopback.ts';
import { bad, good, unknown } from './section.ts';

const PATIENCE_MS = 10_000;

/**
 * Whether providers can reach this server by PUBLIC_URL.
 * @param doors paths where they bring what happens; empty: no account needs any
 */
export async function checkAddress(publicUrl: string | undefined, doors: readonly string[]): Promise<Finding[]> {
  if (!publicUrl || isLoopback(new URL(publicUrl).hostname)) {
    const what = publicUrl ? `PUBLIC_URL es de esta máquina (${publicUrl}).` : 'No hay PUBLIC_URL.';
    const remedy =
      'Pon en .env la dirección pública de este servidor, por ejemplo PUBLIC_URL=https://linea.tu-municipio.gob.mx.';
    return [doors.length > 0 ? bad(`${what} Twilio y Meta no pueden llegar.`, remedy) : unknown(what, remedy)];
  }
  const isSecure = new URL(publicUrl).protocol === 'https:';
  const scheme = isSecure
    ? good(`PUBLIC_URL es ${publicUrl}.`)
    : bad(
        `PUBLIC_URL no es https (${publicUrl}).`,
        'Pon un certificado delante: docs/install.md. Meta solo acepta https.',
      );
  const health = await asked(new URL('/healthz', publicUrl), 'GET');
  if (typeof health === 'string' || health.status !== 200) {
    const why = typeof health === 'string' ? health : `respondió ${health.status}`;
    const remedy = 'Revisa que el servidor esté corriendo y que el DNS, el cortafuegos y el proxy lleven hasta él.';
    return [scheme, bad(`Desde aquí no se llega al servidor por esa dirección (${why}).`, remedy)];
  }
  const found = await Promise.all(doors.map((path) => checkDoor(new URL(path, publicUrl))));
  return [scheme, good('El servidor responde en esa dirección.'), ...found];
}

/** A door is open when it turns away who brings no signature. */
async function checkDoor(url: URL): Promise<Finding> {
  const answer = await asked(url, 'POST');
  if (typeof answer !== 'string' && answer.status === 403) return good(`La puerta ${url.pathname} está abierta.`);
  const why = typeof answer === 'string' ? answer : `responde ${answer.status} en vez de 403`;
  return bad(`La puerta ${url.pathname} no llega a este servidor (${why}).`, 'Deja pasar /webhooks/ en el proxy.');
}

async function asked(url: URL, method: string): Promise<{ status: number } | string> {
  try {
    const { status, body } = await fetch(url, { method, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    await body?.cancel();
    return { status };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return cause?.code ?? message;
  }
}
