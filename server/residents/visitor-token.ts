import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Visitor } from '../contract/chat.ts';
import { AppError } from '../contract/errors.ts';

/**
 * A visitor's address with proof that we gave it: nothing has to be stored for somebody who only looks, and nobody
 * can make one up.
 */
export interface VisitorTokens {
  /** @param address of somebody who is known here already; else somebody new */
  issue(address?: string): Visitor;
  /** @throws AppError `invalid_token` */
  read(token: string): Visitor;
}

const FORM = /^v1\.([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\.([\w-]{43})$/;

export function createVisitorTokens(secret: string): VisitorTokens {
  const sign = (address: string) => createHmac('sha256', secret).update(`visitor:${address}`).digest();
  return {
    issue(address = randomUUID()) {
      return { address, token: `v1.${address}.${sign(address).toString('base64url')}` };
    },
    read(token) {
      const [, address, signature] = FORM.exec(token) ?? [];
      if (!address || !signature || !timingSafeEqual(sign(address), Buffer.from(signature, 'base64url'))) {
        throw new AppError('invalid_token');
      }
      return { address, token };
    },
  };
}
