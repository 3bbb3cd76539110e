import { onBeforeUnmount, ref } from 'vue';
import { fileRoutes } from '../../../server/contract/endpoints.ts';
import { failureOf } from '../api/client.ts';
import { ApiFailure } from '../api/failure.ts';
import { i18n } from '../i18n.ts';
import { peaksOf } from './peaks.ts';

/** Enough to tell words from silence; half an hour then takes 58 MB while it is looked at, and nothing afterwards. */
const SAMPLE_RATE = 8_000;
/** Beyond this it is played without being drawn. */
const MOST_BYTES = 32 * 1_048_576;
export const BARS = 160;

export type OpenRecording =
  | { status: 'closed' }
  | { status: 'opening' }
  | { status: 'failed'; failure: ApiFailure }
  /** `peaks` null: it can be heard but not drawn. */
  | { status: 'ready'; source: string; peaks: number[] | null };

async function peaksIn(file: Blob): Promise<number[] | null> {
  if (file.size > MOST_BYTES) return null;
  try {
    const decoder = new OfflineAudioContext(1, 1, SAMPLE_RATE);
    const decoded = await decoder.decodeAudioData(await file.arrayBuffer());
    return peaksOf(decoded.getChannelData(0), BARS);
  } catch {
    // The player may know a format that the decoder does not.
    return null;
  }
}

/** A recording as it is opened: once, because every opening is written down. */
export function useRecording(id: () => string) {
  const state = ref<OpenRecording>({ status: 'closed' });

  async function fetchAudio(): Promise<Blob> {
    const response = await fetch(fileRoutes.recording(id()), {
      headers: { 'accept-language': i18n.global.locale.value },
    }).catch(() => {
      throw new ApiFailure('offline', i18n.global.t('failure.offline'));
    });
    if (!response.ok) throw await failureOf(response);
    return response.blob();
  }

  async function open() {
    if (state.value.status === 'opening' || state.value.status === 'ready') return;
    state.value = { status: 'opening' };
    try {
      const file = await fetchAudio();
      const peaks = await peaksIn(file);
      state.value = { status: 'ready', source: URL.createObjectURL(file), peaks };
    } catch (failure) {
      state.value = { status: 'failed', failure: failure as ApiFailure };
    }
  }
  onBeforeUnmount(() => {
    if (state.value.status === 'ready') URL.revokeObjectURL(state.value.source);
  });
  return { state, open };
}
