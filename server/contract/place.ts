import { z } from 'zod';
import { fieldSchema } from './message.ts';
import { slugSchema } from './slug.ts';

/** WGS 84 degrees. */
export const pointSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Point = z.infer<typeof pointSchema>;

/** Where a case is, as far as it is known. */
export const placeSchema = z.object({
  point: pointSchema.nullable(),
  /** Street and number, a corner or a landmark, on one line. */
  address: fieldSchema(300).nullable(),
  coloniaId: slugSchema.nullable(),
  /** How to find it: «frente a la tienda azul». */
  reference: fieldSchema(300).nullable(),
});
export type Place = z.infer<typeof placeSchema>;

/** A place as readers see it. */
export const shownPlaceSchema = placeSchema.extend({
  colonia: z.string().nullable().describe('Its name'),
  triage: z.boolean().describe('Outside the municipality, or found by nobody yet: a person looks at it'),
});
export type ShownPlace = z.infer<typeof shownPlaceSchema>;

/** What somebody may mean who is typing a place. */
export const placeSuggestionSchema = z.object({
  kind: z.enum(['colonia', 'street', 'corner', 'landmark', 'address']),
  label: z.string().describe('As it is offered: «Xalapa y España, Zaragoza»'),
  place: placeSchema,
  /** How much of what was typed it accounts for, 0 to 1. */
  score: z.number().min(0).max(1),
});
export type PlaceSuggestion = z.infer<typeof placeSuggestionSchema>;

export const placeSuggestionsSchema = z.object({ suggestions: z.array(placeSuggestionSchema) });

/** What lies at a point. */
export const whereaboutsSchema = z.object({
  inside: z.boolean().describe('Within the municipality'),
  coloniaId: slugSchema.nullable(),
  colonia: z.string().nullable(),
  /** The nearest street, corner or landmark within 150 m. */
  near: z.string().nullable(),
});
export type Whereabouts = z.infer<typeof whereaboutsSchema>;

/** A box between two corners. */
export const mapBoundsSchema = z.object({ southWest: pointSchema, northEast: pointSchema });
export type MapBounds = z.infer<typeof mapBoundsSchema>;

export const mapThemeSchema = z.enum(['light', 'dark']);
export type MapTheme = z.infer<typeof mapThemeSchema>;

/** What a map of the municipality shows first. */
export const cityMapSchema = z.object({
  bounds: mapBoundsSchema,
  sample: z.boolean().describe('Drawn to try things out with'),
});
export type CityMapView = z.infer<typeof cityMapSchema>;
