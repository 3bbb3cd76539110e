import type { Place } from '../contract/place.ts';
import type { Places } from '../places/create-places.ts';
import type { CaseRow } from './case-row.ts';
import type { Service } from './services.ts';

export type Located = Pick<
  CaseRow,
  'latitude' | 'longitude' | 'address' | 'colonia_id' | 'colonia' | 'reference' | 'triage'
>;
export type Locating = { ok: true; place: Located } | { ok: false; problem: 'outside_city' | 'place_required' };

const NOWHERE: Located = {
  latitude: null,
  longitude: null,
  address: null,
  colonia_id: null,
  colonia: null,
  reference: null,
  triage: false,
};

/**
 * Where a report is, with what the city's map knows of it. A point is never moved: outside the municipality it is
 * refused, or kept as it is for a person to look at.
 * @param triage whether somebody will look at what lies outside or is missing
 */
export function locate(
  { places }: { places: Pick<Places, 'whereIs' | 'coloniaName'> },
  service: Service,
  place: Place | null,
  triage: boolean,
): Locating {
  const given = place && (place.point || place.address?.trim() || place.coloniaId);
  if (!given) {
    const missing = service.location === 'required';
    if (missing && !triage) return { ok: false, problem: 'place_required' };
    return { ok: true, place: { ...NOWHERE, reference: place?.reference?.trim() || null, triage: missing } };
  }
  const around = place.point ? places.whereIs(place.point) : null;
  const outside = around?.inside === false;
  if (outside && !triage) return { ok: false, problem: 'outside_city' };
  const coloniaId = [place.coloniaId, around?.coloniaId].find((id) => id && places.coloniaName(id)) ?? null;
  const near = around?.near && !place.address?.trim() ? `cerca de ${around.near}` : null;
  return {
    ok: true,
    place: {
      latitude: place.point?.latitude ?? null,
      longitude: place.point?.longitude ?? null,
      address: place.address?.trim() || null,
      colonia_id: coloniaId,
      colonia: coloniaId && places.coloniaName(coloniaId),
      reference: place.reference?.trim() || near,
      triage: outside,
    },
  };
}
