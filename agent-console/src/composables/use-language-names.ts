import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** `inglés` for `en`, in the language of the screen. */
export function useLanguageNames() {
  const { locale } = useI18n();
  const names = computed(() => new Intl.DisplayNames(locale.value, { type: 'language' }));
  return (language: string): string => names.value.of(language) ?? language;
}
