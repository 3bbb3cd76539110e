/** One exchange between the city's server and a provider. */
export interface Exchange {
  id: number;
  at: Date;
  provider: 'twilio' | 'meta';
  /** `webhook`: the provider asked; `call`: the city did. */
  kind: 'webhook' | 'call';
  method: string;
  path: string;
  request: string;
  /** Null: no answer at all. */
  status: number | null;
  response: string;
}

const MOST = 200;
const LONGEST = 6_000;

export interface WireLog {
  add(exchange: Omit<Exchange, 'id' | 'at'>): void;
  all(): Exchange[];
}

export function createWireLog(now: () => Date, added: (exchange: Exchange) => void): WireLog {
  const exchanges: Exchange[] = [];
  let last = 0;
  const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
  return {
    add(exchange) {
      last += 1;
      const kept = {
        ...exchange,
        request: cut(exchange.request),
        response: cut(exchange.response),
        id: last,
        at: now(),
      };
      exchanges.push(kept);
      if (exchanges.length > MOST) exchanges.shift();
      added(kept);
    },
    all: () => [...exchanges],
  };
}
