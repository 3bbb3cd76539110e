import { useI18n } from 'vue-i18n';
import type { ArticleContent } from '../../../server/contract/article.ts';
import { useDirectory } from '../stores/directory.ts';
import type { FieldText } from './use-city-content-words.ts';
import { useFormats } from './use-formats.ts';

/** An article field by field, as text: what its versions are compared by. */
export function useArticleFields() {
  const { t } = useI18n();
  const { date } = useFormats();
  const directory = useDirectory();
  const inLanguage = (name: string, language: 'es' | 'en') => `${name} (${t(`language.${language}`)})`;

  return ({ title, body, departmentId, source, responsible, validUntil }: ArticleContent): FieldText[] => [
    { label: inLanguage(t('articles.title'), 'es'), text: title.es },
    { label: inLanguage(t('articles.title'), 'en'), text: title.en },
    { label: inLanguage(t('articles.body'), 'es'), text: body.es },
    { label: inLanguage(t('articles.body'), 'en'), text: body.en },
    { label: t('articles.department'), text: departmentId ? directory.departmentTitle(departmentId) : '' },
    { label: t('articles.validUntil'), text: validUntil ? date(`${validUntil}T12:00:00Z`) : t('articles.forGood') },
    { label: t('articles.responsible'), text: responsible ?? '' },
    { label: t('articles.source'), text: source ?? '' },
  ];
}
