import { useEventListener } from '@vueuse/core';
import { computed, onBeforeUnmount, type Ref, ref, watch } from 'vue';
import { usePreferences } from '../stores/preferences.ts';
import { playAlone, speeds } from './playback.ts';

/** How far an arrow key goes, in seconds: far enough to matter in a long note, near enough to hear a word again. */
const STEP_SECONDS = 5;

/** A recording as it is played: where it is, how long, how fast. The speed is the reader's, for all recordings. */
export function usePlayer(audio: Readonly<Ref<HTMLAudioElement | null>>) {
  const preferences = usePreferences();
  const playing = ref(false);
  const at = ref(0);
  /** In seconds; null until it is known. */
  const length = ref<number | null>(null);
  const share = computed(() => (length.value ? Math.min(1, at.value / length.value) : 0));

  function learnLength(element: HTMLAudioElement) {
    if (Number.isFinite(element.duration)) length.value = element.duration;
    // Recorders that stream write no length: it is found at the end of the file.
    else if (element.duration === Number.POSITIVE_INFINITY) element.currentTime = Number.MAX_SAFE_INTEGER;
  }
  useEventListener(audio, ['loadedmetadata', 'durationchange'], ({ currentTarget }: Event) => {
    const element = currentTarget as HTMLAudioElement;
    const lookedAtEnd = length.value === null && element.currentTime > 0;
    learnLength(element);
    if (lookedAtEnd && length.value !== null) element.currentTime = 0;
  });
  useEventListener(audio, ['timeupdate', 'seeked'], () => {
    if (length.value !== null) at.value = audio.value?.currentTime ?? 0;
  });
  useEventListener(audio, 'play', () => {
    if (audio.value) playAlone(audio.value);
    playing.value = true;
  });
  useEventListener(audio, ['pause', 'ended'], () => {
    playing.value = false;
  });
  watch(
    [audio, () => preferences.voiceSpeed],
    ([element, speed]) => {
      if (element) element.playbackRate = speed;
    },
    { immediate: true, flush: 'post' },
  );
  onBeforeUnmount(() => audio.value?.pause());

  function toggle() {
    const element = audio.value;
    if (!element) return;
    // A recording that cannot be played says so by its error event.
    if (element.paused) void element.play().catch(() => {});
    else element.pause();
  }

  /** To a place in it, in seconds. */
  function goTo(seconds: number) {
    const element = audio.value;
    if (!element) return;
    element.currentTime = Math.max(0, Math.min(seconds, length.value ?? seconds));
    at.value = element.currentTime;
  }

  const step = (by: 1 | -1) => goTo(at.value + by * STEP_SECONDS);

  function nextSpeed() {
    const index = speeds.indexOf(preferences.voiceSpeed);
    preferences.voiceSpeed = speeds[(index + 1) % speeds.length] ?? 1;
  }

  return { playing, at, length, share, toggle, goTo, step, nextSpeed };
}
