import { useColorMode, useLocalStorage, useMediaQuery } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Speed } from '../composables/playback.ts';
import { useSession } from './session.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** How this browser shows the console, whoever signs in. */
export const usePreferences = defineStore('preferences', () => {
  const mode = useColorMode({ storageKey: 'console:theme', emitAuto: true });
  const theme = computed(() => mode.value as Theme);
  const sound = useLocalStorage('console:sound', true);
  const session = useSession();
  const opening = useLocalStorage<Record<string, boolean>>('console:opens-next', {});
  /** Whether the next contact opens itself; each person of this browser for themselves. */
  const opensNext = computed(() => opening.value[session.operator?.id ?? ''] ?? true);
  /** How fast recordings are played. */
  const voiceSpeed = useLocalStorage<Speed>('console:voice-speed', 1);
  /** Whether words are checked as they are written. */
  const spelling = useLocalStorage('console:spelling', true);

  // Beside the conversation where there is room; where it would lie over it, only when asked for.
  const hasRoom = useMediaQuery('(min-width: 80rem)');
  const beside = useLocalStorage('console:citizen-panel', true);
  const over = ref(false);
  const citizenPanel = computed(() => (hasRoom.value ? beside.value : over.value));

  function setTheme(next: Theme) {
    mode.value = next;
  }
  function toggleSound() {
    sound.value = !sound.value;
  }
  function toggleSpelling() {
    spelling.value = !spelling.value;
  }
  function toggleOpensNext() {
    opening.value = { ...opening.value, [session.operator?.id ?? '']: !opensNext.value };
  }
  function toggleCitizenPanel() {
    const place = hasRoom.value ? beside : over;
    place.value = !place.value;
  }

  return {
    theme,
    sound,
    voiceSpeed,
    spelling,
    opensNext,
    citizenPanel,
    setTheme,
    toggleSound,
    toggleSpelling,
    toggleOpensNext,
    toggleCitizenPanel,
  };
});
