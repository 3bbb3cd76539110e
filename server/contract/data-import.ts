import { z } from 'zod';
import { type ImportField, type ImportKind, importFields, importKinds } from './data-words.ts';

export type { ImportField, ImportKind };

const timestampSchema = z.iso.datetime();

export const importColumnSchema = z.object({
  name: z.string(),
  samples: z.array(z.string()).describe('What stands in the first rows'),
});
export type ImportColumn = z.infer<typeof importColumnSchema>;

/** For each column of the file what it is; null: it is left out. */
export const importMappingSchema = z.array(
  z.enum([...new Set([...importFields.citizens, ...importFields.cases])] as [ImportField, ...ImportField[]]).nullable(),
);
export type ImportMapping = z.infer<typeof importMappingSchema>;

export const importProblemCodes = [
  'missing',
  'bad_phone',
  'bad_email',
  'bad_curp',
  'bad_date',
  'bad_place',
  'outside_city',
  'unknown_service',
  'unknown_department',
  'unknown_status',
  'protected_service',
  'twice_in_file',
  'too_long',
  'closed_before_opened',
  'in_the_future',
] as const;
export const importProblemSchema = z.object({
  code: z.enum(importProblemCodes),
  column: z.string().nullable(),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

export const importCountsSchema = z.object({
  new: z.number().int(),
  merged: z.number().int().describe('Somebody known already, by telephone or e-mail, who gets the reference'),
  duplicate: z.number().int().describe('Imported before: nothing changes'),
  invalid: z.number().int(),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importSchema = z.object({
  id: z.uuid(),
  kind: z.enum(importKinds),
  state: z.enum(['uploaded', 'checking', 'checked', 'importing', 'done', 'undoing', 'undone', 'failed']),
  name: z.string(),
  source: z.string().describe('The system that the ids come from'),
  encoding: z.enum(['utf-8', 'windows-1252']),
  columns: z.array(importColumnSchema),
  mapping: importMappingSchema,
  rows: z.number().int(),
  done: z.number().int(),
  counts: importCountsSchema,
  problems: z.array(importProblemSchema.extend({ count: z.number().int(), firstLine: z.number().int() })),
  fault: z.string().nullable(),
  fileKept: z.boolean(),
  createdBy: z.string(),
  createdAt: timestampSchema,
  finishedAt: timestampSchema.nullable(),
});
export type DataImport = z.infer<typeof importSchema>;

export const checkImportSchema = z.object({
  mapping: importMappingSchema,
  source: z.string().trim().min(1).max(40),
});
