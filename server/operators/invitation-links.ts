import { createHash, createHmac } from 'node:crypto';

/** Links by which people choose a password. Nothing of them is stored: they are made from the installation's secret. */
export interface InvitationLinks {
  tokenOf(invitation: { operatorId: string; nonce: string }): string;
  linkOf(token: string): string;
}

export function createInvitationLinks(secret: string, publicUrl: string): InvitationLinks {
  return {
    tokenOf: ({ operatorId, nonce }) =>
      createHmac('sha256', secret).update(`invitation:${operatorId}:${nonce}`).digest('base64url'),
    // Behind `#`, which browsers send to no server.
    linkOf: (token) => `${publicUrl.replace(/\/$/, '')}/console/join#${token}`,
  };
}

/** What recognises a link's secret. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
