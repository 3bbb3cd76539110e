/**
 * Which connection an offer or answer comes from: the session id of its origin line (RFC 8866, section 5.2), which a
 * browser keeps for as long as the connection lives. Another one is another page: theirs was reloaded.
 */
export const sessionOf = (sdp: string): string | null => /^o=\S+ (\d+) /m.exec(sdp)?.[1] ?? null;
