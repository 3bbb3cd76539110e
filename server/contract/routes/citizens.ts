import { endpoints } from '../endpoints.ts';
import { citizenSchema, updateCitizenSchema } from '../http.ts';
import { mergeCitizensSchema, mergeSchema, mergesSchema } from '../merge.ts';
import { byId, desk, route } from './route.ts';

/** Routes of people, and who turns out to be one. */
export const citizenRoutes = {
  updateCitizen: route({
    ...endpoints.updateCitizen,
    tag: 'Citizens',
    summary: 'Correct what is known of a citizen; null removes a value',
    access: desk,
    params: byId,
    body: updateCitizenSchema,
    response: citizenSchema,
  }),
  listMerges: route({
    ...endpoints.listMerges,
    tag: 'Citizens',
    summary: 'Who may be the same person, and why; and what was merged before',
    access: desk,
    params: byId,
    response: mergesSchema,
  }),
  mergeCitizens: route({
    ...endpoints.mergeCitizens,
    tag: 'Citizens',
    summary: 'Make another person part of this one; can be undone',
    access: desk,
    params: byId,
    body: mergeCitizensSchema,
    response: mergeSchema,
  }),
  undoMerge: route({
    ...endpoints.undoMerge,
    tag: 'Citizens',
    summary: 'Take a merge back: each has again what was theirs',
    access: desk,
    params: byId,
    response: mergeSchema,
  }),
} as const;
