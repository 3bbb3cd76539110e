import { defineEntity, p } from '@mikro-orm/core';
import type { ImportColumn, ImportCounts, ImportMapping, ImportProblem } from '../contract/data-import.ts';
import type { RetentionClass, SubjectRequestKind, SubjectRequestState } from '../contract/data-words.ts';

/** What somebody asked about their own data. */
export const SubjectRequest = defineEntity({
  name: 'SubjectRequest',
  tableName: 'subject_request',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<SubjectRequestKind>(),
    citizenId: p.uuid(),
    state: p.text().$type<SubjectRequestState>(),
    askedBy: p.text(),
    askedByName: p.text(),
    askedAt: p.datetime(),
    respondBy: p.date(),
    confirmedBy: p.text().nullable(),
    confirmedByName: p.text().nullable(),
    confirmedAt: p.datetime().nullable(),
    eraseAfter: p.datetime().nullable(),
    waitsFor: p.text().$type<'contacts' | 'cases' | 'hold'>().nullable(),
    /** While an erasure is under way: by what they were known, and how much there was. */
    underWay: p.json<{ knownBy: string[]; rows: Record<string, number> }>().nullable(),
    finishedAt: p.datetime().nullable(),
    exportKey: p.text().nullable(),
    exportBytes: p.bigint('number').nullable(),
    exportExpiresAt: p.datetime().nullable(),
    linkHash: p.text().nullable(),
    linkUntil: p.datetime().nullable(),
    downloads: p.integer(),
    heardAt: p.datetime(),
  },
});

/** A person or a case of which nothing may go, whatever its age. */
export const LegalHold = defineEntity({
  name: 'LegalHold',
  tableName: 'legal_hold',
  properties: {
    id: p.uuid().primary(),
    citizenId: p.uuid().nullable(),
    caseId: p.uuid().nullable(),
    reason: p.text(),
    placedBy: p.text(),
    placedByName: p.text(),
    placedAt: p.datetime(),
    releasedByName: p.text().nullable(),
    releasedAt: p.datetime().nullable(),
  },
});

/** How far a rule of retention has come. */
export const RetentionProgress = defineEntity({
  name: 'RetentionProgress',
  tableName: 'retention_progress',
  properties: { class: p.text().$type<RetentionClass>().primary(), doneUpTo: p.datetime() },
});

/** What a rule left behind because it was held back. */
export const RetentionHeld = defineEntity({
  name: 'RetentionHeld',
  tableName: 'retention_held',
  properties: { class: p.text().$type<RetentionClass>().primary(), key: p.text().primary(), at: p.datetime() },
});

export interface RunRule {
  days: number;
  /** What is older goes. */
  before: string;
}

/** Where a run is: in which class, first with what was held back, then by age. */
export interface RunCursor {
  id: RetentionClass;
  phase: 'held' | 'aged';
  at: string | null;
  key: string | null;
}

export const RetentionRun = defineEntity({
  name: 'RetentionRun',
  tableName: 'retention_run',
  properties: {
    id: p.uuid().primary(),
    state: p.text().$type<'running' | 'done'>(),
    askedBy: p.text().nullable(),
    askedByName: p.text().nullable(),
    night: p.date().nullable(),
    rules: p.json<Partial<Record<RetentionClass, RunRule>>>(),
    cursor: p.json<RunCursor>(),
    counts: p.json<Partial<Record<RetentionClass, number>>>(),
    beganAt: p.datetime(),
    heardAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});

/** A file of people or cases that another system kept. */
export const DataImport = defineEntity({
  name: 'DataImport',
  tableName: 'data_import',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<'citizens' | 'cases'>(),
    state: p
      .text()
      .$type<'uploaded' | 'checking' | 'checked' | 'importing' | 'done' | 'undoing' | 'undone' | 'failed'>(),
    name: p.text(),
    source: p.text(),
    sha256: p.text(),
    storageKey: p.text().nullable(),
    encoding: p.text().$type<'utf-8' | 'windows-1252'>(),
    delimiter: p.text(),
    columns: p.json<ImportColumn[]>(),
    mapping: p.json<ImportMapping>(),
    rowCount: p.integer(),
    done: p.integer(),
    counts: p.json<ImportCounts>(),
    fault: p.text().nullable(),
    createdBy: p.text(),
    createdByName: p.text(),
    createdAt: p.datetime(),
    heardAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});

export const DataImportRow = defineEntity({
  name: 'DataImportRow',
  tableName: 'data_import_row',
  properties: {
    importId: p.uuid().primary(),
    line: p.integer().primary(),
    outcome: p.text().$type<keyof ImportCounts>(),
    problems: p.json<ImportProblem[]>(),
    citizenId: p.uuid().nullable(),
    caseId: p.uuid().nullable(),
    filled: p.json<string[]>().nullable(),
  },
});

/** What another system calls a person or a case. */
export const ExternalReference = defineEntity({
  name: 'ExternalReference',
  tableName: 'external_reference',
  properties: {
    kind: p.text().$type<'citizen' | 'case'>().primary(),
    source: p.text().primary(),
    externalId: p.text().primary(),
    citizenId: p.uuid().nullable(),
    caseId: p.uuid().nullable(),
    importId: p.uuid().nullable(),
  },
});
