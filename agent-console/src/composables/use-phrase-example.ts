import { useI18n } from 'vue-i18n';
import { exampleValues, fillPhrase } from '../../../server/contract/phrase-places.ts';
import { useDirectory } from '../stores/directory.ts';

/** A sentence as somebody would read it, with examples of what is filled in. */
export function usePhraseExample() {
  const { locale } = useI18n();
  const directory = useDirectory();

  return (text: string, language: 'es' | 'en' = locale.value === 'en' ? 'en' : 'es'): string => {
    const { name, contactName } = directory.city ?? { name: '', contactName: '' };
    return fillPhrase(text, exampleValues(language, { name, contactName }));
  };
}
