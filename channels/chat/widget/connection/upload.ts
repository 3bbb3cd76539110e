import { fileRoutes } from '../../../../server/contract/endpoints.ts';
import type { ErrorBody } from '../../../../server/contract/errors.ts';
import type { Attachment } from '../../../../server/contract/http.ts';
import { own } from '../locales/refusal.ts';

export interface Upload {
  readonly done: Promise<{ ok: true; attachment: Attachment } | { ok: false; error: ErrorBody }>;
  cancel(): void;
}

/** Sends one file; `progressed` gets the share sent, 0 to 1. A cancelled upload never settles. */
export function uploadFile(origin: string, token: string, file: File, progressed: (share: number) => void): Upload {
  // XMLHttpRequest because fetch cannot report the progress of an upload.
  const request = new XMLHttpRequest();
  const done: Upload['done'] = new Promise((resolve) => {
    const refuse = () => resolve({ ok: false, error: refusalOf(request) });
    request.upload.onprogress = ({ loaded, total }) => progressed(total > 0 ? loaded / total : 0);
    request.onerror = refuse;
    request.ontimeout = refuse;
    request.onload = () => {
      const attachment = request.status < 300 ? attachmentOf(request) : null;
      if (attachment) resolve({ ok: true, attachment });
      else refuse();
    };
  });
  request.open('POST', origin + fileRoutes.chatUpload);
  request.setRequestHeader('authorization', `Bearer ${token}`);
  const form = new FormData();
  form.append('file', file);
  request.send(form);
  return { done, cancel: () => request.abort() };
}

function attachmentOf(request: XMLHttpRequest): Attachment | null {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

function refusalOf(request: XMLHttpRequest): ErrorBody {
  try {
    const { error }: { error?: ErrorBody } = JSON.parse(request.responseText);
    if (error) return error;
  } catch {
    // Not ours: a proxy's page, or no answer at all.
  }
  return request.status === 413 ? own.fileTooLarge : own.unavailable;
}
