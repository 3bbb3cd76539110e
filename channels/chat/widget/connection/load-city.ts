import { cityEndpoint } from '../../../../server/contract/endpoints.ts';
import type { PublicCity } from '../../../../server/contract/http.ts';

/** Looks and names for a launcher that is not connected yet; null when the server cannot be reached. */
export async function loadCity(origin: string): Promise<PublicCity | null> {
  try {
    const response = await fetch(`${origin}/api/v1${cityEndpoint.path}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
