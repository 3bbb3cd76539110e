import { useI18n } from 'vue-i18n';
import type { DepartmentContent, PhraseVersion, ServiceContent } from '../../../server/contract/content.ts';
import { useDirectory } from '../stores/directory.ts';

/** A field by its name, as text: what versions are compared by. */
export interface FieldText {
  label: string;
  text: string;
}

/** Services, departments and sentences, field by field. */
export function useCityContentWords() {
  const { t } = useI18n();
  const directory = useDirectory();
  const inBoth = (name: string, text: { es: string; en: string }): FieldText[] =>
    (['es', 'en'] as const).map((language) => ({
      label: `${name} (${t(`language.${language}`)})`,
      text: text[language],
    }));

  function questionLine({ label, kind, required, choices }: ServiceContent['questions'][number]): string {
    const among = choices.map(({ title }) => title.es).join(', ');
    return [label.es, t(`question.kind.${kind}`), among, required ? t('question.required') : '']
      .filter(Boolean)
      .join(' · ');
  }

  function serviceFields(content: ServiceContent): FieldText[] {
    return [
      ...inBoth(t('service.title'), content.title),
      ...inBoth(t('service.description'), content.description),
      { label: t('service.department'), text: directory.departmentTitle(content.departmentId) },
      { label: t('service.promise'), text: t('service.days', content.expected) },
      { label: t('service.place'), text: t(`service.places.${content.location}`) },
      { label: t('service.priority'), text: t(`service.priorities.${content.priority}`) },
      { label: t('service.active'), text: t(content.active ? 'service.isActive' : 'service.isInactive') },
      { label: t('service.questions'), text: content.questions.map(questionLine).join('\n') },
    ];
  }

  function departmentFields(content: DepartmentContent): FieldText[] {
    return [
      { label: t('department.title'), text: content.title },
      { label: t('department.email'), text: content.email ?? '' },
      { label: t('department.contact'), text: content.contact ?? '' },
      { label: t('department.phone'), text: content.phone ?? '' },
      { label: t('department.place'), text: content.place ?? '' },
      { label: t('department.hours'), text: content.hours ?? '' },
      { label: t('department.active'), text: t(content.active ? 'department.isActive' : 'department.isInactive') },
    ];
  }

  const phraseFields = ({ text }: Pick<PhraseVersion, 'text'>): FieldText[] => inBoth(t('sentence.text'), text);

  return { serviceFields, departmentFields, phraseFields };
}
