import type { AppContext } from '../context.ts';

/** Fetches a recording from its line into our files. */
export async function fetchRecording(_context: AppContext, _recordingId: string): Promise<void> {}
