import { createHmac, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: without letters that are mistaken for digits, or make words. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * What opens a folio besides its number. Nothing of it is stored: it is made from the installation's secret and the
 * same each time it is asked for.
 */
export interface CaseSecrets {
  /** Of who filed it: eight signs. */
  ofReporter(caseId: string): string;
  /** `followId`: of the row that says that they follow it. */
  ofFollower(caseId: string, followId: string): string;
}

export function createCaseSecrets(secret: string): CaseSecrets {
  const sign = (what: string) => {
    const bits = createHmac('sha256', secret).update(what).digest().readBigUInt64BE();
    return Array.from({ length: 8 }, (_, at) => SIGNS[Number((bits >> BigInt(59 - 5 * at)) & 31n)]).join('');
  };
  return {
    ofReporter: (caseId) => sign(`case:${caseId}`),
    ofFollower: (caseId, followId) => sign(`follower:${caseId}:${followId}`),
  };
}

/** Compares in the same time whatever is wrong. Both are eight signs. */
export const isSecret = (given: string, right: string): boolean =>
  given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));

/** As people read it: `K7QX-4M2P`. */
export const shownSecret = (secret: string): string => `${secret.slice(0, 4)}-${secret.slice(4)}`;

/** The page of a folio. Its key stands behind `#`, which browsers send to no server. */
export const folioLink = (publicUrl: string, folio: string, secret: string): string =>
  `${publicUrl.replace(/\/$/, '')}/folio#${folio}.${secret}`;
