import type { Selectable } from 'kysely';
import type { AppContext } from '../../context.ts';
import type { Tables } from '../../database/database.ts';

/** What it takes to send a report. */
export type SendParts = Pick<AppContext, 'database' | 'unitOfWork' | 'city' | 'clock' | 'letters' | 'log' | 'cases'>;
export type RunRow = Selectable<Tables['report_run']>;
