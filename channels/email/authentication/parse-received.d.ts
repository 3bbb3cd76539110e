/** Part of mailauth that comes without types. */
declare module 'mailauth/lib/parse-received.js' {
  interface Clause {
    value: string;
    comment?: string;
  }
  /** @returns the clauses of a Received header, false when it is none */
  export function parseReceived(line: string): false | (Partial<Record<string, Clause>> & object);
  /** @returns the address of the client as the server saw it, never as the client said it; false when there is none */
  export function getClientAddress(from: Clause | undefined): string | false;
}
