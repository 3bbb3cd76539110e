import type { Selectable } from 'kysely';
import type { CaseParts } from '../cases/case-parts.ts';
import type { City } from '../contract/city.ts';
import type { Tables } from '../database/database.ts';
import type { Channels } from '../delivery/deliver.ts';
import type { Windows } from '../delivery/window.ts';

/** What notices to followers are made with. */
export interface BroadcastParts {
  city: City;
  cases: CaseParts;
  channels: Channels;
  windows: Windows;
}

export type BroadcastRow = Selectable<Tables['broadcast']>;
