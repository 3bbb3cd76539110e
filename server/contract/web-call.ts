/** The line's id of a call from a browser: whose it is, and which of theirs. Nobody can call in another's name. */
export const webCallId = (visitor: string, clientId: string): string => `${visitor}:${clientId}`;

/** Whose call it is, by the line's id of it. */
export const visitorOf = (providerCallId: string): string => providerCallId.split(':', 1)[0] ?? '';

/** A browser tells every three seconds that it is there. Unheard for so long, its leg is over. */
export const LEG_LEASE_SECONDS = 12;
