import type { City } from '../contract/city.ts';
import type { Answer } from './to-xml.ts';

/** When the interface changed last. */
const CHANGESET = '2026-11-22T00:00:00Z';

/** Where this city's Open311 is and what it speaks (GeoReport v2, service discovery). */
export function discovery(city: Pick<City, 'contactName'>, publicUrl: string): Answer {
  return {
    changeset: CHANGESET,
    contact: city.contactName,
    key_service: `${city.contactName}: ${publicUrl}`,
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: `${publicUrl.replace(/\/$/, '')}/open311/v2`,
        changeset: CHANGESET,
        type: 'production',
        formats: ['application/json', 'application/xml'],
      },
    ],
  };
}
