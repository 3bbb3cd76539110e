import type { PlaceSuggestion, Point } from '../contract/place.ts';
import type { Gazetteer, KnownColonia, KnownStreet } from './gazetteer.ts';
import { crossingOf, type Metres, pointOf } from './geometry.ts';
import type { ReadColonia, Reading } from './read-places.ts';
import { coloniaAt } from './where-is.ts';

/** Two lines that end this near to each other meet, in metres: few are drawn exactly up to the corner. */
const REACH = 60;

/** What was read, as suggestions, best first; a colonia said with an address belongs to it. */
export function toSuggestions(gazetteer: Gazetteer, readings: readonly Reading[]): PlaceSuggestion[] {
  const addresses = readings.filter((reading) => reading.kind !== 'colonia');
  const colonias = readings.filter((reading) => reading.kind === 'colonia');
  const used = new Set<ReadColonia>();
  const found = addresses.map((address) => {
    const colonia = nearestColonia(address, colonias);
    if (colonia) used.add(colonia);
    return suggest(gazetteer, address, colonia);
  });
  const alone = colonias.filter((colonia) => !used.has(colonia) && !addresses.some((other) => overlap(other, colonia)));
  const alternatives = colonias.filter((colonia) => !used.has(colonia) && !alone.includes(colonia));
  return withoutRepeats(
    [...found, ...alone.map(coloniaSuggestion), ...alternatives.map(coloniaSuggestion)].sort(
      (a, b) => b.score - a.score,
    ),
  );
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

function coloniaSuggestion({ colonia, score }: ReadColonia): PlaceSuggestion {
  return {
    kind: 'colonia',
    label: `Col. ${colonia.name}`,
    place: { point: null, address: null, coloniaId: colonia.id, reference: null },
    score,
  };
}

function suggest(
  gazetteer: Gazetteer,
  reading: Exclude<Reading, ReadColonia>,
  said: ReadColonia | null,
): PlaceSuggestion {
  const { kind, address, point } = locate(gazetteer, reading);
  const colonia: KnownColonia | null = said?.colonia ?? (point && coloniaAt(gazetteer, point));
  return {
    kind,
    label: colonia ? `${address}, ${colonia.name}` : address,
    place: { point, address, coloniaId: colonia?.id ?? null, reference: null },
    score: Math.min(1, reading.score + (said ? 0.02 : 0)),
  };
}

function locate(
  gazetteer: Gazetteer,
  reading: Exclude<Reading, ReadColonia>,
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
        address: `${withNumber(street, number?.text)} ${between}`,
        point: middle(ends[0] ?? null, ends[1] ?? null),
      };
    }
    case 'street':
      return {
        kind: reading.number ? 'address' : 'street',
        address: withNumber(reading.street, reading.number?.text),
        point: null,
      };
    case 'landmark': {
      const { landmark, beside } = reading;
      return {
        kind: 'landmark',
        address: beside ? `${capital(beside)} ${landmark.name}` : landmark.name,
        point: pointOf(landmark.at),
      };
    }
  }
}

/** Where two streets cross, or null as far as the drawn lines tell. */
export function crossing({ plane }: Gazetteer, street: KnownStreet, cross: KnownStreet): Point | null {
  for (const line of street.lines) {
    for (const other of cross.lines) {
      const at: Metres | null = crossingOf(line, other, REACH);
      if (at) return pointOf(plane.toPosition(at));
    }
  }
  return null;
}

export function cornerLabel(street: KnownStreet, cross: KnownStreet): string {
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
