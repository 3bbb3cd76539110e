import type { PlaceSuggestion, Point } from '../contract/place.ts';
import type { Gazetteer, KnownColonia, KnownPlace, KnownStreet } from './gazetteer.ts';
import { crossingOf, type Metres, pointOf } from './geometry.ts';
import type { ReadAddress, ReadColonia, Reading, ReadLandmark } from './reading.ts';
import { referenceIn } from './reference.ts';
import { coloniaAt } from './where-is.ts';
import type { Word } from './words.ts';

/** Two lines that end this near to each other meet, in metres: few are drawn exactly up to the corner. */
const REACH = 60;

/** What was read, as suggestions, best first; a colonia and a «frente a» said with an address belong to it. */
export function toSuggestions(
  gazetteer: Gazetteer,
  words: readonly Word[],
  readings: readonly Reading[],
): PlaceSuggestion[] {
  const colonias = readings.filter((reading) => reading.kind === 'colonia');
  const all = readings.filter((reading) => reading.kind !== 'colonia');
  const [beside] = all.some(({ kind }) => kind !== 'landmark') ? all.filter(isBeside) : [];
  const addresses = all.filter((reading) => !beside || !isBeside(reading));
  const reference = beside ? besideLandmark(beside) : referenceIn(words, readings);
  const owners = new Map(addresses.map((address) => [address, nearestColonia(address, colonias)]));
  const used = new Set(owners.values());
  // «Prim y Collado, en la Zaragoza»: there the colonia is meant, not the street of the same name.
  const meant = addresses.filter((address) => ![...used].some((colonia) => colonia && overlap(address, colonia)));
  const found = meant.map((address) => suggest(gazetteer, address, owners.get(address) ?? null, reference));
  const others = colonias
    .filter((colonia) => !used.has(colonia))
    .map((colonia) => coloniaSuggestion(colonia, reference));
  const near = beside ? found.map((suggestion) => nearLandmark(gazetteer, suggestion, beside)) : found;
  return withoutRepeats([...near, ...others].sort((a, b) => b.score - a.score));
}

/** A street without a number, in front of something: there it is. */
function nearLandmark(gazetteer: Gazetteer, suggestion: PlaceSuggestion, beside: ReadLandmark): PlaceSuggestion {
  const { kind, place } = suggestion;
  if (kind !== 'street' || place.point) return suggestion;
  const point = pointOf(beside.landmark.at);
  const coloniaId = place.coloniaId ?? coloniaAt(gazetteer, point)?.id ?? null;
  return { ...suggestion, place: { ...place, point, coloniaId } };
}

function isBeside(reading: Reading): reading is ReadLandmark & { beside: string } {
  return reading.kind === 'landmark' && reading.beside !== null;
}

function besideLandmark({ beside, landmark }: ReadLandmark): string {
  return beside ? `${beside} ${landmark.name}` : landmark.name;
}

/** The colonia said with an address: never one that is another reading of the same words. */
function nearestColonia(address: Reading, colonias: readonly ReadColonia[]): ReadColonia | null {
  const others = colonias.filter((colonia) => !overlap(address, colonia));
  const far = (colonia: ReadColonia) => Math.max(colonia.from - address.to, address.from - colonia.to);
  return others.sort((a, b) => far(a) - far(b))[0] ?? null;
}

function overlap(one: Reading, other: Reading): boolean {
  return one.from < other.to && other.from < one.to;
}

function coloniaSuggestion({ colonia, score }: ReadColonia, reference: string | null): PlaceSuggestion {
  return {
    kind: 'colonia',
    label: `Col. ${colonia.name}`,
    place: { point: null, address: null, coloniaId: colonia.id, reference },
    score,
  };
}

function suggest(
  gazetteer: Gazetteer,
  reading: ReadAddress,
  said: ReadColonia | null,
  reference: string | null,
): PlaceSuggestion {
  const { kind, address, point } = locate(gazetteer, reading);
  const colonia: KnownColonia | null = said?.colonia ?? (point && coloniaAt(gazetteer, point));
  return {
    kind,
    label: colonia ? `${address}, ${colonia.name}` : address,
    place: { point, address, coloniaId: colonia?.id ?? null, reference },
    score: Math.min(1, reading.score + (said ? 0.02 : 0)),
  };
}

/** A place of the city's content by itself. */
export function suggestionOf(gazetteer: Gazetteer, place: KnownPlace, score: number): PlaceSuggestion {
  const span = { from: 0, to: 0, score };
  if (place.kind === 'colonia') return coloniaSuggestion({ kind: 'colonia', ...span, colonia: place }, null);
  return suggest(
    gazetteer,
    place.kind === 'street'
      ? { kind: 'street', ...span, street: place, number: null }
      : { kind: 'landmark', ...span, landmark: place, beside: null },
    null,
    null,
  );
}

/** A corner, when the two streets are known to meet. */
export function cornerSuggestion(
  gazetteer: Gazetteer,
  street: KnownStreet,
  cross: KnownStreet,
  score: number,
): PlaceSuggestion | null {
  if (street === cross || !crossing(gazetteer, street, cross)) return null;
  return suggest(gazetteer, { kind: 'corner', from: 0, to: 0, score, street, cross }, null, null);
}

function locate(
  gazetteer: Gazetteer,
  reading: ReadAddress,
): { kind: PlaceSuggestion['kind']; address: string; point: Point | null } {
  switch (reading.kind) {
    case 'corner':
      return {
        kind: 'corner',
        address: cornerLabel(reading.street, reading.cross),
        point: crossing(gazetteer, reading.street, reading.cross),
      };
    case 'between': {
      const { street, number, crosses } = reading;
      const between = `entre ${and(crosses[0].name, crosses[1].name)}`;
      if (!street) {
        const point = crossing(gazetteer, ...crosses);
        return point
          ? { kind: 'corner', address: cornerLabel(...crosses), point }
          : { kind: 'address', address: `Entre ${and(crosses[0].name, crosses[1].name)}`, point };
      }
      const ends = crosses.map((cross) => crossing(gazetteer, street, cross));
      return {
        kind: 'address',
        address: `${withNumber(street, number?.text)}, ${between}`,
        point: middle(ends[0] ?? null, ends[1] ?? null),
      };
    }
    case 'street':
      return {
        kind: reading.number ? 'address' : 'street',
        address: withNumber(reading.street, reading.number?.text),
        point: null,
      };
    case 'unknown':
      return { kind: reading.numbered ? 'address' : 'street', address: capital(reading.said), point: null };
    case 'landmark':
      return { kind: 'landmark', address: capital(besideLandmark(reading)), point: pointOf(reading.landmark.at) };
  }
}

/** Where two streets cross; null when the drawn lines do not. */
function crossing({ plane }: Gazetteer, street: KnownStreet, cross: KnownStreet): Point | null {
  for (const line of street.lines) {
    for (const other of cross.lines) {
      const at: Metres | null = crossingOf(line, other, REACH);
      if (at) return pointOf(plane.toPosition(at));
    }
  }
  return null;
}

function cornerLabel(street: KnownStreet, cross: KnownStreet): string {
  return and(street.name, cross.name);
}

/** «Xalapa y España», «Zaragoza e Icazo». */
function and(one: string, other: string): string {
  return `${one} ${/^h?[ií](?![aeo])/i.test(other) ? 'e' : 'y'} ${other}`;
}

function withNumber(street: KnownStreet, number: string | undefined): string {
  return number ? `${street.title} ${number}` : street.title;
}

function middle(one: Point | null, other: Point | null): Point | null {
  if (!one || !other) return one ?? other;
  return pointOf([(one.longitude + other.longitude) / 2, (one.latitude + other.latitude) / 2]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withoutRepeats(suggestions: readonly PlaceSuggestion[]): PlaceSuggestion[] {
  const labels = new Set<string>();
  return suggestions.filter(({ label }) => !labels.has(label) && labels.add(label));
}
