import type { Viewer } from './http.ts';

/** Who looks at a ticket, kept by realtime, asked by whoever opens one. */
export interface Viewers {
  of(ticketId: string): Promise<Viewer[]>;
}
