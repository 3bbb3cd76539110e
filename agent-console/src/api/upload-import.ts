import type { DataImport, ImportKind } from '../../../server/contract/data-import.ts';
import { fileRoutes } from '../../../server/contract/endpoints.ts';
import { i18n } from '../i18n.ts';
import { failureOf } from './client.ts';
import { ApiFailure } from './failure.ts';

/** Hands a file of another system in. @throws ApiFailure */
export async function uploadImport(kind: ImportKind, file: File): Promise<DataImport> {
  const form = new FormData();
  form.append('file', file);
  const response = await fetch(`${fileRoutes.importUpload}?kind=${kind}`, {
    method: 'POST',
    headers: { 'accept-language': i18n.global.locale.value },
    body: form,
  }).catch(() => {
    throw new ApiFailure('offline', i18n.global.t('failure.offline'));
  });
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as DataImport;
}
