import { fileRoutes } from '../../../server/contract/endpoints.ts';
import type { ErrorBody } from '../../../server/contract/errors.ts';
import type { Attachment } from '../../../server/contract/http.ts';
import { i18n } from '../i18n.ts';
import { ApiFailure } from './failure.ts';

export interface Upload {
  done: Promise<Attachment>;
  cancel(): void;
}

/** Stores a file. `onProgress` gets the share sent so far, 0 to 1; `done` rejects with an `ApiFailure`. */
export function upload(file: File, onProgress: (share: number) => void): Upload {
  // XMLHttpRequest, because fetch tells nothing about the progress of an upload.
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((resolve, reject) => {
    const offline = () => reject(new ApiFailure('offline', i18n.global.t('failure.upload')));
    request.upload.onprogress = (event) => onProgress(event.loaded / Math.max(event.total, 1));
    request.onerror = offline;
    request.onabort = offline;
    request.onload = () => {
      const body = request.response as (Attachment & { error?: ErrorBody }) | null;
      if (request.status < 300 && body) resolve(body);
      else if (body?.error) reject(new ApiFailure(body.error.code, body.error.message, body.error));
      else offline();
    };
  });
  request.open('POST', fileRoutes.upload);
  request.responseType = 'json';
  request.setRequestHeader('accept-language', i18n.global.locale.value);
  const form = new FormData();
  form.append('file', file);
  request.send(form);
  return { done, cancel: () => request.abort() };
}
