import { z } from 'zod';

/**
 * Where things are in a city, as GeoJSON (RFC 7946: longitude first) from `places/*.geojson`. What reads them needs no
 * map server and no geocoder.
 */

const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type Position = z.infer<typeof positionSchema>;

const ringSchema = z.array(positionSchema).min(4);
const polygonSchema = z.object({ type: z.literal('Polygon'), coordinates: z.array(ringSchema).min(1) });
const multiPolygonSchema = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(ringSchema).min(1)).min(1),
});
const lineSchema = z.array(positionSchema).min(2);
const pointGeometrySchema = z.object({ type: z.literal('Point'), coordinates: positionSchema });

const areaSchema = z.discriminatedUnion('type', [polygonSchema, multiPolygonSchema]);
export type Area = z.infer<typeof areaSchema>;

/** Other names people use: «flores magón». */
const aliasesSchema = z.array(z.string().min(1).max(80)).default([]);
const nameSchema = z.string().min(1).max(80);
/** In everyday talk the name means something else as well: «calle», «colonia», a number or a corner must come with it. */
const ambiguousSchema = z.boolean().default(false);

const coloniaPropertiesSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .max(60),
  name: nameSchema,
  aliases: aliasesSchema,
  ambiguous: ambiguousSchema,
});

const streetPropertiesSchema = z.object({
  kind: z.enum(['calle', 'avenida', 'boulevard', 'calzada', 'carretera', 'callejón', 'andador']).default('calle'),
  name: nameSchema,
  aliases: aliasesSchema,
  ambiguous: ambiguousSchema,
});

const landmarkPropertiesSchema = z.object({ name: nameSchema, aliases: aliasesSchema, ambiguous: ambiguousSchema });

function collectionOf<P extends z.ZodType, G extends z.ZodType>(properties: P, geometry: G) {
  return z.object({
    type: z.literal('FeatureCollection'),
    /** Drawn to try things out with; the map says so. */
    sample: z.boolean().default(false),
    /** Shown on the map: who drew it. */
    attribution: z.string().max(200).default(''),
    features: z.array(z.object({ type: z.literal('Feature'), properties, geometry })),
  });
}

const boundarySchema = collectionOf(z.object({ name: nameSchema }), areaSchema);
/** Without a geometry a colonia is known by name alone. */
const coloniasSchema = collectionOf(
  coloniaPropertiesSchema,
  z.discriminatedUnion('type', [polygonSchema, multiPolygonSchema, pointGeometrySchema]).nullable(),
);
const streetsSchema = collectionOf(
  streetPropertiesSchema,
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('LineString'), coordinates: lineSchema }),
    z.object({ type: z.literal('MultiLineString'), coordinates: z.array(lineSchema).min(1) }),
  ]),
);
const landmarksSchema = collectionOf(landmarkPropertiesSchema, pointGeometrySchema);

export const cityPlacesSchema = z.object({
  boundary: boundarySchema.refine(({ features }) => features.length === 1, {
    path: ['features'],
    message: 'there must be one, the municipality',
  }),
  colonias: coloniasSchema,
  streets: streetsSchema,
  landmarks: landmarksSchema,
});
export type CityPlaces = z.infer<typeof cityPlacesSchema>;
export type Colonia = CityPlaces['colonias']['features'][number];
export type Street = CityPlaces['streets']['features'][number];
export type Landmark = CityPlaces['landmarks']['features'][number];
