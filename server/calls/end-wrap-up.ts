import type { AppContext } from '../context.ts';

/** The time after a call is up. Does nothing when it was ended or extended. */
export async function endWrapUp(_context: AppContext, _callId: string): Promise<void> {}
