import type { ContentRow } from './edited-rows.ts';

export interface ShownVersion<T> {
  version: number;
  editedBy: string | null;
  at: string | null;
  fromFile: boolean;
  content: T;
}

/**
 * Versions newest first, each as it reads today: what was put back to the city's file says what the file says now.
 * @param file what the city's files have; undefined: nothing, it was made in the console
 * @param read null for what another version of the program saved and this one cannot read
 */
export function presentVersions<T>(
  rows: readonly ContentRow[],
  file: T | undefined,
  read: (value: unknown) => T | null,
): ShownVersion<T>[] {
  const edited = rows.flatMap((row) => {
    const content = row.value === null ? file : (read(row.value) ?? file);
    if (content === undefined) return [];
    const { version, edited_by_name: editedBy, at } = row;
    return [{ version, editedBy, at: at.toISOString(), fromFile: row.value === null, content }];
  });
  const written = file === undefined ? [] : [{ version: 0, editedBy: null, at: null, fromFile: true, content: file }];
  return [...edited, ...written];
}
