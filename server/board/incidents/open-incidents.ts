import type { Surge } from '../../contract/board.ts';
import type { Db } from '../../database/database.ts';
import { isSame } from '../surge/watch-surges.ts';

interface OpenIncident {
  id: string;
  topicId: string;
  coloniaIds: string[];
}

export async function loadOpenIncidents(db: Db): Promise<OpenIncident[]> {
  const rows = await db
    .selectFrom('incident')
    .select(['id', 'topic_id', 'colonia_ids'])
    .where('state', '=', 'open')
    .orderBy('opened_at', 'desc')
    .execute();
  return rows.map((row) => ({ id: row.id, topicId: row.topic_id, coloniaIds: row.colonia_ids }));
}

/** The incident that somebody has already made of it. */
export const incidentOf = (incidents: readonly OpenIncident[], surge: Surge): string | null =>
  incidents.find((incident) => isSame(incident, surge))?.id ?? null;
