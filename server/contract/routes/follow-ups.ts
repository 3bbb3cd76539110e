import { endpoints } from '../endpoints.ts';
import {
  changeFollowUpSchema,
  createFollowUpSchema,
  followUpListSchema,
  followUpSchema,
  listFollowUpsSchema,
} from '../follow-up.ts';
import { byId, done, route } from './route.ts';

/** Routes of promises to look again. */
export const followUpRoutes = {
  listFollowUps: route({
    ...endpoints.listFollowUps,
    tag: 'Follow-ups',
    summary: "The caller's own, those of their queues, or those of one contact or case; 200 at most",
    access: 'contacts.read',
    query: listFollowUpsSchema,
    response: followUpListSchema,
  }),
  createFollowUp: route({
    ...endpoints.createFollowUp,
    tag: 'Follow-ups',
    summary: 'Promise to look again at a contact or a case: oneself, a colleague or a queue',
    access: 'contacts.attend',
    body: createFollowUpSchema,
    response: followUpSchema,
  }),
  changeFollowUp: route({
    ...endpoints.changeFollowUp,
    tag: 'Follow-ups',
    summary: 'Put it off, word it otherwise, or give it to somebody else',
    access: 'contacts.attend',
    params: byId,
    body: changeFollowUpSchema,
    response: followUpSchema,
  }),
  finishFollowUp: route({
    ...endpoints.finishFollowUp,
    tag: 'Follow-ups',
    summary: 'It was done',
    access: 'contacts.attend',
    params: byId,
    response: followUpSchema,
  }),
  reopenFollowUp: route({
    ...endpoints.reopenFollowUp,
    tag: 'Follow-ups',
    summary: 'It was not done after all',
    access: 'contacts.attend',
    params: byId,
    response: followUpSchema,
  }),
  removeFollowUp: route({
    ...endpoints.removeFollowUp,
    tag: 'Follow-ups',
    summary: 'Take back the promise; who made it, or supervises',
    access: 'contacts.attend',
    params: byId,
    response: done,
  }),
} as const;
