import type { PhraseDetail, PhraseVersion } from '../../../server/contract/content.ts';
import { call } from '../api/client.ts';
import { useVersionedForm } from './use-versioned-form.ts';

type PhraseContent = Pick<PhraseVersion, 'text'>;

/** A sentence being edited. */
export function usePhraseForm(phrase: PhraseDetail, onStored: () => void) {
  const params = { key: phrase.key };
  return useVersionedForm<PhraseDetail, PhraseVersion, PhraseContent>(phrase, {
    contentOf: ({ text }) => ({ text: { ...text } }),
    open: () => call('openPhrase', { params }),
    save: ({ text }, version) => call('savePhrase', { params, body: { text, version } }),
    restore: (version, restore) => call('restorePhrase', { params, body: { version, restore } }),
    onStored,
  });
}
