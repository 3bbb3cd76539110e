import { endpoints } from '../endpoints.ts';
import { loadSampleDaySchema, removedSampleDaySchema, sampleDaySchema } from '../sample-day.ts';
import { route } from './route.ts';

/** Routes of the sample day. */
export const sampleDayRoutes = {
  sampleDay: route({
    ...endpoints.sampleDay,
    tag: 'Sample day',
    summary: 'Whether a sample day is there, or how far it has been played',
    access: 'contacts.read',
    response: sampleDaySchema,
  }),
  loadSampleDay: route({
    ...endpoints.loadSampleDay,
    tag: 'Sample day',
    summary: 'Play a day of an invented city, which ends now, and add its contacts; takes minutes',
    access: 'sample-day.manage',
    body: loadSampleDaySchema,
    response: sampleDaySchema,
  }),
  removeSampleDay: route({
    ...endpoints.removeSampleDay,
    tag: 'Sample day',
    summary: 'Take every row of it away again, or stop playing it',
    access: 'sample-day.manage',
    response: removedSampleDaySchema,
  }),
} as const;
