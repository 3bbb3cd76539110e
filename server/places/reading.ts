import type { Cue } from './cues.ts';
import type { KnownColonia, KnownLandmark, KnownStreet } from './gazetteer.ts';
import type { HouseNumber } from './house-number.ts';
import type { Mention } from './names.ts';

/** A mention with what stands around it. */
export interface Seen extends Mention {
  cue: Cue | null;
  /** Its sentence says where and nothing else. */
  alone: boolean;
  number: HouseNumber | null;
}

/** A place read in a text, between two of its words. */
interface Read {
  from: number;
  /** The first word behind it. */
  to: number;
  /** How sure it is that this place is meant, 0 to 1. */
  score: number;
}

export interface ReadColonia extends Read {
  kind: 'colonia';
  colonia: KnownColonia;
}

export interface ReadStreet extends Read {
  kind: 'street';
  street: KnownStreet;
  number: HouseNumber | null;
}

/** A street the city's content does not have, as it was said. */
export interface ReadUnknownStreet extends Read {
  kind: 'unknown';
  said: string;
  numbered: boolean;
}

export interface ReadLandmark extends Read {
  kind: 'landmark';
  landmark: KnownLandmark;
  /** The words that say where beside it: «frente al». */
  beside: string | null;
}

export interface ReadCorner extends Read {
  kind: 'corner';
  street: KnownStreet;
  cross: KnownStreet;
}

/** A street between two others, or only the two: «entre Zaragoza y 5 de Mayo». */
export interface ReadBetween extends Read {
  kind: 'between';
  street: KnownStreet | null;
  number: HouseNumber | null;
  crosses: readonly [KnownStreet, KnownStreet];
}

export type ReadAddress = ReadStreet | ReadUnknownStreet | ReadLandmark | ReadCorner | ReadBetween;
export type Reading = ReadColonia | ReadAddress;
