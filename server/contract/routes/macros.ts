import { z } from 'zod';
import { endpoints } from '../endpoints.ts';
import { macroRunSchema, macroSchema, runMacroSchema, saveMacroSchema } from '../macro.ts';
import { byId, done, route } from './route.ts';

/** Routes of several steps that are done as one. */
export const macroRoutes = {
  listMacros: route({
    ...endpoints.listMacros,
    tag: 'Content',
    summary: 'Macros: several steps done as one',
    access: 'content.read',
    response: z.array(macroSchema),
  }),
  createMacro: route({
    ...endpoints.createMacro,
    tag: 'Content',
    summary: 'Add a macro',
    access: 'replies.edit',
    body: saveMacroSchema,
    response: macroSchema,
  }),
  saveMacro: route({
    ...endpoints.saveMacro,
    tag: 'Content',
    summary: 'Change a macro',
    access: 'replies.edit',
    params: byId,
    body: saveMacroSchema,
    response: macroSchema,
  }),
  deleteMacro: route({
    ...endpoints.deleteMacro,
    tag: 'Content',
    summary: 'Remove a macro',
    access: 'replies.edit',
    params: byId,
    response: done,
  }),
  runMacro: route({
    ...endpoints.runMacro,
    tag: 'Tickets',
    summary: 'Do the steps of a macro to a contact: all of them, or none',
    access: 'contacts.attend',
    params: byId,
    body: runMacroSchema,
    response: macroRunSchema,
  }),
} as const;
