import { z } from 'zod';
import { endpoints } from '../endpoints.ts';
import { macroRunSchema, macroSchema, runMacroSchema, saveMacroSchema } from '../macro.ts';
import { byId, desk, done, route, supervisors } from './route.ts';

/** Routes of several steps that are done as one. */
export const macroRoutes = {
  listMacros: route({
    ...endpoints.listMacros,
    tag: 'Content',
    summary: 'Macros: several steps done as one',
    access: desk,
    response: z.array(macroSchema),
  }),
  createMacro: route({
    ...endpoints.createMacro,
    tag: 'Content',
    summary: 'Add a macro',
    access: supervisors,
    body: saveMacroSchema,
    response: macroSchema,
  }),
  saveMacro: route({
    ...endpoints.saveMacro,
    tag: 'Content',
    summary: 'Change a macro',
    access: supervisors,
    params: byId,
    body: saveMacroSchema,
    response: macroSchema,
  }),
  deleteMacro: route({
    ...endpoints.deleteMacro,
    tag: 'Content',
    summary: 'Remove a macro',
    access: supervisors,
    params: byId,
    response: done,
  }),
  runMacro: route({
    ...endpoints.runMacro,
    tag: 'Tickets',
    summary: 'Do the steps of a macro to a contact: all of them, or none',
    access: desk,
    params: byId,
    body: runMacroSchema,
    response: macroRunSchema,
  }),
} as const;
