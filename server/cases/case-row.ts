import type { Selectable } from 'kysely';
import type { Tables } from '../database/database.ts';

export type CaseRow = Selectable<Tables['service_case']>;
export type CaseEventRow = Selectable<Tables['case_event']>;
