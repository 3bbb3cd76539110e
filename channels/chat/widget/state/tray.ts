import { limits } from '../../../../server/contract/limits.ts';
import type { Part } from '../../../../server/contract/message.ts';
import { type Upload, uploadFile } from '../connection/upload.ts';
import { own } from '../locales/refusal.ts';
import type { ChatCore } from './chat-core.ts';
import type { ChatState, TrayItem } from './chat-state.ts';
import { isPicture } from './is-picture.ts';
import { newId } from './new-id.ts';

export interface Tray {
  addFiles(files: Iterable<File>): void;
  /** Asks the browser where this device is. */
  addLocation(): void;
  retry(id: string): void;
  remove(id: string): void;
  /** The parts that are ready, taken out of the tray. */
  take(): Part[];
  /** Puts back what an earlier visit had attached. */
  restore(): void;
  /** Sends what only the missing line, or the missing greeting, kept from being sent. */
  resume(): void;
}

type FileItem = Extract<TrayItem, { kind: 'file' }>;

const LOCATION_WITHIN_MS = 15_000;

export function createTray({ store, memory, origin }: ChatCore): Tray {
  const files = new Map<string, File>();
  const uploads = new Map<string, Upload>();

  function change(tray: readonly TrayItem[], more: Partial<ChatState> = {}): void {
    store.set({ tray, ...more });
    const attachments = tray.flatMap((item) => (item.kind === 'file' && item.attachment) || []);
    memory.set('draft', { text: store.get().draft, attachments });
  }

  function patch(id: string, news: Partial<FileItem>): void {
    change(store.get().tray.map((item) => (item.id === id && item.kind === 'file' ? { ...item, ...news } : item)));
  }

  async function upload(id: string): Promise<void> {
    const file = files.get(id);
    if (!file) return;
    if (file.size > limits.fileBytes) return patch(id, { error: own.fileTooLarge });
    patch(id, { error: null, progress: 0 });
    const token = memory.get('token');
    // Nobody has said hello yet: it goes on its way with `resume`, as soon as they have.
    if (!token) return;
    const running = uploadFile(origin, token, file, (progress) => patch(id, { progress }));
    uploads.set(id, running);
    const result = await running.done;
    patch(id, result.ok ? { attachment: result.attachment, progress: 1 } : { error: result.error });
  }

  function drop(item: TrayItem): void {
    uploads.get(item.id)?.cancel();
    uploads.delete(item.id);
    files.delete(item.id);
    if (item.kind === 'file' && item.preview) URL.revokeObjectURL(item.preview);
  }

  return {
    addFiles(picked) {
      const room = limits.partsPerMessage - 1 - store.get().tray.length;
      const items = [...picked].slice(0, Math.max(0, room)).map((file): FileItem => {
        const id = newId();
        files.set(id, file);
        const preview = isPicture(file.type) ? URL.createObjectURL(file) : null;
        return {
          id,
          kind: 'file',
          name: file.name,
          size: file.size,
          preview,
          progress: 0,
          attachment: null,
          error: null,
        };
      });
      change([...store.get().tray, ...items], { notice: null });
      for (const { id } of items) void upload(id);
    },
    addLocation() {
      const refuse = () => store.set({ notice: 'location_denied' });
      if (!navigator.geolocation) return refuse();
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude } }) => {
          const others = store.get().tray.filter(({ kind }) => kind !== 'location');
          change([...others, { id: newId(), kind: 'location', latitude, longitude }], { notice: null });
        },
        refuse,
        { enableHighAccuracy: true, timeout: LOCATION_WITHIN_MS, maximumAge: 60_000 },
      );
    },
    retry: (id) => void upload(id),
    remove(id) {
      const { tray } = store.get();
      for (const item of tray) if (item.id === id) drop(item);
      change(tray.filter((item) => item.id !== id));
    },
    take() {
      const { tray } = store.get();
      const ready = tray.filter((item) => partOf(item));
      for (const item of ready) drop(item);
      change(tray.filter((item) => !ready.includes(item)));
      return ready.flatMap((item) => partOf(item) ?? []);
    },
    restore() {
      const attachments = memory.get('draft')?.attachments ?? [];
      const tray = attachments.map((attachment): FileItem => {
        const { id, name, size } = attachment;
        return { id, kind: 'file', name, size, preview: null, progress: 1, attachment, error: null };
      });
      store.set({ tray });
    },
    resume() {
      for (const item of store.get().tray) {
        if (item.kind !== 'file' || item.attachment) continue;
        if (!uploads.has(item.id) || item.error?.code === 'unavailable') void upload(item.id);
      }
    },
  };
}

function partOf(item: TrayItem): Part | null {
  if (item.kind === 'location') return { type: 'location', latitude: item.latitude, longitude: item.longitude };
  if (!item.attachment) return null;
  const { id, name, mimeType, size } = item.attachment;
  return { type: 'media', attachmentId: id, name, mimeType, size };
}
