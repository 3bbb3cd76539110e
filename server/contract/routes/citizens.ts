import { citizenContactsSchema, citizenPageSchema, listCitizenContactsSchema } from '../citizen-page.ts';
import { endpoints } from '../endpoints.ts';
import { citizenSchema, updateCitizenSchema } from '../http.ts';
import { mergeCitizensSchema, mergeSchema, mergesSchema } from '../merge.ts';
import { saveWarningSchema, warningSchema } from '../warning.ts';
import { byId, done, route } from './route.ts';

/** Routes of people, and who turns out to be one. */
export const citizenRoutes = {
  citizenPage: route({
    ...endpoints.citizenPage,
    tag: 'Citizens',
    summary: 'Everything about one person: addresses, consent, warnings, notes, cases and the newest contacts',
    access: 'citizens.read',
    params: byId,
    response: citizenPageSchema,
  }),
  listCitizenContacts: route({
    ...endpoints.listCitizenContacts,
    tag: 'Citizens',
    summary: 'Contacts of one person on all channels, newest first, a page at a time',
    access: 'citizens.read',
    params: byId,
    query: listCitizenContactsSchema,
    response: citizenContactsSchema,
  }),
  addWarning: route({
    ...endpoints.addWarning,
    tag: 'Citizens',
    summary: 'Tell colleagues something of this person for a while',
    access: 'citizens.edit',
    params: byId,
    body: saveWarningSchema,
    response: warningSchema,
  }),
  saveWarning: route({
    ...endpoints.saveWarning,
    tag: 'Citizens',
    summary: 'Change a warning, or until when it holds',
    access: 'citizens.edit',
    params: byId,
    body: saveWarningSchema,
    response: warningSchema,
  }),
  removeWarning: route({
    ...endpoints.removeWarning,
    tag: 'Citizens',
    summary: 'A warning no longer holds',
    access: 'citizens.edit',
    params: byId,
    response: done,
  }),
  updateCitizen: route({
    ...endpoints.updateCitizen,
    tag: 'Citizens',
    summary: 'Correct what is known of a citizen; null removes a value',
    access: 'citizens.edit',
    params: byId,
    body: updateCitizenSchema,
    response: citizenSchema,
  }),
  listMerges: route({
    ...endpoints.listMerges,
    tag: 'Citizens',
    summary: 'Who may be the same person, and why; and what was merged before',
    access: 'citizens.read',
    params: byId,
    response: mergesSchema,
  }),
  mergeCitizens: route({
    ...endpoints.mergeCitizens,
    tag: 'Citizens',
    summary: 'Make another person part of this one; can be undone',
    access: 'citizens.merge',
    params: byId,
    body: mergeCitizensSchema,
    response: mergeSchema,
  }),
  undoMerge: route({
    ...endpoints.undoMerge,
    tag: 'Citizens',
    summary: 'Take a merge back: each has again what was theirs',
    access: 'citizens.merge',
    params: byId,
    response: mergeSchema,
  }),
} as const;
