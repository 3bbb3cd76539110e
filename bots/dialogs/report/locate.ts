import type { CaseDesk } from '../../../server/contract/bot.ts';
import type { Place, PlaceSuggestion, Point } from '../../../server/contract/place.ts';
import { wordsOf } from '../../understanding/normalise.ts';
import type { Spot } from './report.ts';

/** What a text that names a place comes to. */
export type Located = { kind: 'found'; spot: Spot } | { kind: 'several'; places: PlaceSuggestion[] } | null;

/** From here on a suggestion is taken without asking, when no other comes near it. */
const GOOD = 0.6;
const NEAR = 0.12;
/** From here on it is worth offering. */
const OFFERED = 0.4;
const MOST_OFFERED = 4;
/** Of what is kept. */
const LONGEST = 300;

export async function locate(cases: CaseDesk, text: string): Promise<Located> {
  const places = (await cases.findPlaces(inSpanish(text))).filter(({ score }) => score >= OFFERED);
  const [best] = places;
  if (!best) return null;
  const rivals = places.filter(({ score, label }) => score >= best.score - NEAR || label === best.label);
  if (best.score >= GOOD && rivals.length === 1) return { kind: 'found', spot: spotOf(best, text) };
  return { kind: 'several', places: places.slice(0, MOST_OFFERED) };
}

/** Streets meet in Spanish, whatever language they are told in: «Hidalgo and Madero». */
function inSpanish(text: string): string {
  return text.replace(/\s+(?:and|&|corner of)\s+/gi, ' y ');
}

/** A suggestion as the place of a report, with what was said beyond it to find it by. */
export function spotOf({ kind, label, place }: PlaceSuggestion, said: string): Spot {
  const lacks = kind === 'colonia' ? 'street' : kind === 'street' && !place.coloniaId ? 'colonia' : null;
  const known = new Set(wordsOf(label));
  const more = wordsOf(said).some((word) => word.length > 3 && !known.has(word));
  return {
    // The middle of a colonia is no place of its own.
    place: {
      ...place,
      point: lacks === 'street' ? null : place.point,
      reference: more ? said.slice(0, LONGEST) : place.reference,
    },
    label,
    lacks,
    outside: false,
  };
}

/** A pin, or where a phone is. */
export async function locatePoint(
  cases: CaseDesk,
  { label, ...point }: Point & { label: string | null },
): Promise<Spot> {
  const { inside, coloniaId, colonia, near } = await cases.whereIs(point);
  const read = [near, colonia].filter((name) => name !== null && name !== '').join(', ');
  return {
    place: { point, address: near, coloniaId, reference: label },
    label: read || label || `${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`,
    lacks: null,
    outside: !inside,
  };
}

/** Words that no suggestion explains, kept as they were written. */
export function asWritten(text: string): Spot {
  const address = text.trim().slice(0, LONGEST);
  return {
    place: { point: null, address, coloniaId: null, reference: null },
    label: address,
    lacks: 'colonia',
    outside: false,
  };
}

/** The colonia of a street, or the street of a colonia: looked up together, kept side by side when that finds nothing. */
export async function complete(cases: CaseDesk, spot: Spot, said: string): Promise<Spot> {
  const together = spot.lacks === 'street' ? `${said}, ${spot.label}` : `${spot.label}, ${said}`;
  const whole = (await cases.findPlaces(together)).find(
    ({ place }) =>
      place.address && place.coloniaId && (!spot.place.coloniaId || place.coloniaId === spot.place.coloniaId),
  );
  if (whole) return { ...spotOf(whole, together), lacks: null };
  const alone = await cases.findPlaces(said);
  const lacking = spot.lacks === 'street' ? 'address' : 'coloniaId';
  const part = alone.find(({ place }) => place[lacking]);
  return { ...join(spot, part ? spotOf(part, said) : null, said), lacks: null };
}

function join(spot: Spot, part: Spot | null, said: string): Spot {
  const words = said.trim().slice(0, LONGEST);
  if (spot.lacks === 'street') {
    const place: Place = { ...spot.place, address: part?.place.address ?? words, point: part?.place.point ?? null };
    return { ...spot, place, label: `${part && part.lacks !== 'street' ? part.label : words}, ${spot.label}` };
  }
  const coloniaId = part?.place.coloniaId ?? null;
  const place: Place = { ...spot.place, coloniaId, reference: coloniaId ? spot.place.reference : words };
  return { ...spot, place, label: `${spot.label}, ${part?.label ?? words}` };
}
