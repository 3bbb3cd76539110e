import { endpoints } from '../../../../server/contract/endpoints.ts';
import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { ErrorBody } from '../../../../server/contract/errors.ts';

/** What the server said to a link; null when it could not be asked. */
export type LinkAnswer = { token: string } | { error: ErrorBody } | null;

/** @param browser an id of this visit: asked for again by the same one, a link opens the same chat */
export async function askForChat(origin: string, code: string, browser: string, locale: Locale): Promise<LinkAnswer> {
  try {
    const response = await fetch(`${origin}/api/v1${endpoints.takeChatLink.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': locale },
      body: JSON.stringify({ code, browser }),
    });
    if (response.ok || response.status === 410) return await response.json();
    return null;
  } catch {
    return null;
  }
}
