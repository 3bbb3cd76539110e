import type { Point } from '../../../../server/contract/place.ts';

export type Finding =
  | { ok: true; at: Point; metres: number }
  | { ok: false; problem: 'locationDenied' | 'locationUnknown' | 'locationInsecure' };

const WITHIN_MS = 15_000;
const NO_OLDER_MS = 60_000;

/** Where this device is, with how far off that may be; or why it does not say. */
export function findMe(): Promise<Finding> {
  if (!window.isSecureContext) return Promise.resolve({ ok: false, problem: 'locationInsecure' });
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({ ok: true, at: { latitude, longitude }, metres: accuracy }),
      ({ code, PERMISSION_DENIED }) =>
        resolve({ ok: false, problem: code === PERMISSION_DENIED ? 'locationDenied' : 'locationUnknown' }),
      { enableHighAccuracy: true, timeout: WITHIN_MS, maximumAge: NO_OLDER_MS },
    );
  });
}
