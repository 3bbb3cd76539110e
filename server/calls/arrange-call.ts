import type { AppContext } from '../context.ts';

/** Brings a call's legs at its line to how they stand here. May come twice, late or never. */
export async function arrangeCall(_context: AppContext, _callId: string): Promise<void> {}
