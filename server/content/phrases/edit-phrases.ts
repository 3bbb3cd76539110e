import type { z } from 'zod';
import type { Origin } from '../../audit/record-audit.ts';
import type { City } from '../../contract/city.ts';
import type { PhraseDetail, PhraseSummary, restoreContentSchema, savePhraseSchema } from '../../contract/content.ts';
import { AppError, type Phrase } from '../../contract/errors.ts';
import { phraseSchema } from '../../contract/phrase.ts';
import { longestPhrase, placeOfPhrase } from '../../contract/phrase-places.ts';
import { type PhraseKey, phraseKeys } from '../../contract/phrases.ts';
import type { Db } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { addContentVersion } from '../add-version.ts';
import { type ContentRow, newestContent, versionsOf } from '../edited-rows.ts';
import { presentVersions } from '../present-versions.ts';
import { checkPhrase, variablesOf, writtenPhrase } from './phrase-rules.ts';

/** Every sentence of bot, telephone and system, as it stands. */
export async function listPhrases(db: Db, base: City): Promise<PhraseSummary[]> {
  const rows = await newestContent(db);
  const edited = new Map(rows.filter(({ kind }) => kind === 'phrase').map((row) => [row.id, row]));
  return phraseKeys.map((key) => {
    const row = edited.get(key);
    const original = writtenPhrase(base, key);
    return {
      key,
      place: placeOfPhrase(key),
      original,
      text: (row?.value ? read(row.value) : null) ?? original,
      variables: variablesOf(base, key),
      maxLength: longestPhrase(key),
      version: row?.version ?? 0,
      editedBy: row?.edited_by_name ?? null,
      at: row?.at.toISOString() ?? null,
      fromFile: !row || row.value === null,
    };
  });
}

export async function openPhrase(db: Db, base: City, key: PhraseKey): Promise<PhraseDetail> {
  return { key, versions: versionsFrom(base, key, await versionsOf(db, 'phrase', key)) };
}

/**
 * Says it otherwise from the commit on.
 * @throws AppError `conflict`, `phrase_too_long`, `phrase_variable_unknown`, `phrase_variable_missing`
 */
export async function savePhrase(
  unit: Unit,
  base: City,
  origin: Origin,
  key: PhraseKey,
  { version, text }: z.output<typeof savePhraseSchema>,
): Promise<PhraseDetail> {
  checkPhrase(base, key, text);
  return change(unit, base, origin, key, version, () => text);
}

/** Brings an earlier version back, as a new one; 0: what the city's files say. @throws AppError `not_found`, `conflict` */
export async function restorePhrase(
  unit: Unit,
  base: City,
  origin: Origin,
  key: PhraseKey,
  { version, restore }: z.output<typeof restoreContentSchema>,
): Promise<PhraseDetail> {
  return change(unit, base, origin, key, version, (versions) => {
    const earlier = versions.find((one) => one.version === restore);
    if (!earlier) throw new AppError('not_found');
    if (!earlier.fromFile) checkPhrase(base, key, earlier.text);
    return earlier.fromFile ? null : earlier.text;
  });
}

async function change(
  unit: Unit,
  base: City,
  origin: Origin,
  key: PhraseKey,
  known: number,
  make: (versions: PhraseDetail['versions']) => Phrase | null,
): Promise<PhraseDetail> {
  const rows = await versionsOf(unit.tx, 'phrase', key);
  const versions = versionsFrom(base, key, rows);
  const value = make(versions);
  const after = value ?? writtenPhrase(base, key);
  await addContentVersion(unit, origin, rows, known, {
    kind: 'phrase',
    id: key,
    before: versions[0]?.text,
    after,
    value,
  });
  return openPhrase(unit.tx, base, key);
}

function versionsFrom(base: City, key: PhraseKey, rows: readonly ContentRow[]): PhraseDetail['versions'] {
  return presentVersions(rows, writtenPhrase(base, key), read).map(({ content, ...version }) => ({
    ...version,
    text: content,
  }));
}

const read = (value: unknown): Phrase | null => phraseSchema.safeParse(value).data ?? null;
