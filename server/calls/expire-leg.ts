import type { AppContext } from '../context.ts';

/** Somebody was rung and has not answered in time. Does nothing when they have, or when it is not due. */
export async function expireLeg(_context: AppContext, _legId: string): Promise<void> {}
