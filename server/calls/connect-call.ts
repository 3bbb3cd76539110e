import type { AppContext } from '../context.ts';

/** Rings the operator who holds the ticket into the room of its call, or calls back who waits for it. */
export async function connectCall(_context: AppContext, _ticketId: string): Promise<void> {}
