import { z } from 'zod';

/** Of the layout of the archive, not of the program. */
export const FORMAT = 1;
export const MANIFEST_NAME = 'manifest.json';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const tableSchema = z.object({
  name: z.string().min(1),
  columns: z.array(z.string().min(1)).min(1),
  rows: z.number().int().nonnegative(),
  /** Of everything that COPY wrote of it. */
  sha256: digest,
});

const sequenceSchema = z.object({
  table: z.string(),
  column: z.string(),
  /** The last number given; null: none yet. */
  last: z.number().int().nullable(),
});

/** What a backup holds, written as its last part: an archive without one was cut short. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  /** Of the program that wrote it. */
  version: z.string(),
  city: z.string(),
  /** The instant that the whole backup shows. */
  at: z.iso.datetime(),
  migrations: z.array(z.string()).min(1),
  tables: z.array(tableSchema),
  sequences: z.array(sequenceSchema),
  files: z.array(z.object({ key: z.string().min(1), bytes: z.number().int().nonnegative(), sha256: digest })),
  /** Files that went away while the backup was made. */
  missing: z.array(z.string()),
  /** Settings that are no secret, as they were. */
  settings: z.record(z.string(), z.string()),
  /** Names of those that are. */
  secrets: z.array(z.string()),
  /** Tells whether `SECRET` is still the same, and nothing else about it; null: the database keeps it. */
  secretMark: z.string().nullable(),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type TableOfBackup = z.infer<typeof tableSchema>;

/** Its `message` is all that whoever runs the command needs. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

export const rowsOf = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0);
export const bytesOf = ({ files }: Manifest): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
