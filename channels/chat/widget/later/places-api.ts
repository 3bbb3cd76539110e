import { endpoints } from '../../../../server/contract/endpoints.ts';
import type { PlaceSuggestion, Point, Whereabouts } from '../../../../server/contract/place.ts';

/** Places that a text may mean, best first; none when the server cannot be asked. */
export async function findPlaces(origin: string, text: string, signal: AbortSignal): Promise<PlaceSuggestion[]> {
  const query = new URLSearchParams({ q: text });
  const answer = await ask<{ suggestions: PlaceSuggestion[] }>(origin + api(endpoints.findPlaces.path, query), signal);
  return answer?.suggestions ?? [];
}

/** What lies at a point; null when the server cannot be asked. */
export function whereIs(
  origin: string,
  { latitude, longitude }: Point,
  signal?: AbortSignal,
): Promise<Whereabouts | null> {
  const query = new URLSearchParams({ latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) });
  return ask<Whereabouts>(origin + api(endpoints.whereIs.path, query), signal);
}

function api(path: string, query: URLSearchParams): string {
  return `/api/v1${path}?${query}`;
}

async function ask<Answer>(url: string, signal?: AbortSignal): Promise<Answer | null> {
  try {
    const response = await fetch(url, { signal: signal ?? null });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
