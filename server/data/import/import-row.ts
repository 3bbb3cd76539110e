import type { Selectable } from 'kysely';
import type { ImportCounts } from '../../contract/data-import.ts';
import type { Tables } from '../../database/database.ts';

export type ImportRow = Selectable<Tables['data_import']>;

export const noCounts = (): ImportCounts => ({ new: 0, merged: 0, duplicate: 0, invalid: 0 });
