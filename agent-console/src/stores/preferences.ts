import { useColorMode, useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed } from 'vue';

export type Theme = 'auto' | 'light' | 'dark';

/** How this browser shows the console, whoever signs in. */
export const usePreferences = defineStore('preferences', () => {
  const mode = useColorMode({ storageKey: 'console:theme', emitAuto: true });
  const theme = computed(() => mode.value as Theme);
  const sound = useLocalStorage('console:sound', true);
  const citizenPanel = useLocalStorage('console:citizen-panel', true);

  function setTheme(next: Theme) {
    mode.value = next;
  }
  function toggleSound() {
    sound.value = !sound.value;
  }
  function toggleCitizenPanel() {
    citizenPanel.value = !citizenPanel.value;
  }

  return { theme, sound, citizenPanel, setTheme, toggleSound, toggleCitizenPanel };
});
