import { useColorMode, useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed } from 'vue';

export type Theme = 'auto' | 'light' | 'dark';

/** How this browser shows the console, whoever signs in. */
export const usePreferences = defineStore('preferences', () => {
  const mode = useColorMode({ storageKey: 'console:theme', emitAuto: true });
  const theme = computed<Theme>({ get: () => mode.value as Theme, set: (value) => (mode.value = value) });
  const sound = useLocalStorage('console:sound', true);
  const citizenPanel = useLocalStorage('console:citizen-panel', true);
  return { theme, sound, citizenPanel };
});
