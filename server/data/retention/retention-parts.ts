import type { AppContext } from '../../context.ts';

/** What it takes to let data go: rows and bytes. */
export type RetentionParts = Pick<AppContext, 'database' | 'files'>;
