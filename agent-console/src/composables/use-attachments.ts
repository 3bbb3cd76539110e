import { reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ChannelName } from '../../../server/contract/channel.ts';
import type { Attachment } from '../../../server/contract/http.ts';
import { limits } from '../../../server/contract/limits.ts';
import type { ApiFailure } from '../api/failure.ts';
import { type Upload, upload } from '../api/upload.ts';
import { fileLimit } from './file-limits.ts';

export const MAX_FILES = 10;

export interface RunningUpload {
  id: string;
  name: string;
  size: number;
  /** Sent so far, 0 to 1. */
  progress: number;
  failure: string | null;
}

/** Files on their way up for a draft that leaves by `channel`, if any; what arrived becomes part of the draft. */
export function useAttachments(draft: { attachments: Attachment[] }, channel?: ChannelName) {
  const { t } = useI18n();
  const running = reactive<RunningUpload[]>([]);
  const uploads = new Map<string, Upload>();

  function forget(id: string) {
    uploads.get(id)?.cancel();
    uploads.delete(id);
    const at = running.findIndex((each) => each.id === id);
    if (at >= 0) running.splice(at, 1);
  }

  function refusal(file: File): string | null {
    if (file.size === 0) return t('attachment.empty');
    const limit = channel ? fileLimit(channel, file.type) : limits.fileBytes;
    if (file.size <= limit) return null;
    const max = limit / 1024 / 1024;
    return channel && limit < limits.fileBytes
      ? t('attachment.tooLargeFor', { max, channel: t(`channel.${channel}`) })
      : t('attachment.tooLarge', { max });
  }

  async function addOne(file: File) {
    const id = crypto.randomUUID();
    running.push({ id, name: file.name, size: file.size, progress: 0, failure: refusal(file) });
    const entry = running.find((each) => each.id === id);
    if (!entry || entry.failure) return;
    const started = upload(file, (share) => (entry.progress = share));
    uploads.set(id, started);
    try {
      const attachment = await started.done;
      if (!uploads.has(id)) return;
      draft.attachments.push(attachment);
      uploads.delete(id);
      forget(id);
    } catch (failure) {
      if (uploads.has(id)) entry.failure = (failure as ApiFailure).message;
    }
  }

  function add(files: Iterable<File>) {
    const room = MAX_FILES - draft.attachments.length - running.length;
    for (const file of [...files].slice(0, Math.max(0, room))) void addOne(file);
  }

  return { running, add, forget };
}
