import { useI18n } from 'vue-i18n';
import type { PlanRule } from '../../../server/contract/quality.ts';
import '../quality-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { useFormats } from './use-formats.ts';

/** What a plan draws from, a condition each. */
export function useRuleWords() {
  const { t } = useI18n();
  const { phrase, list } = useFormats();
  const directory = useDirectory();

  const topics = () => [...(directory.city?.topics ?? []), ...directory.services];
  const queueName = (id: string) => {
    const queue = directory.queueById.get(id);
    return queue ? phrase(queue.name) : id;
  };
  const topicName = (id: string) => topics().find((each) => each.id === id)?.title ?? id;

  function ruleWords(rule: PlanRule): string[] {
    const { channels, queueIds, topics: about, words, ratingAtMost, transfersAtLeast, handledSecondsAtLeast } = rule;
    return [
      ...(channels?.length ? [list(channels.map((each) => t(`channel.${each}`)))] : []),
      ...(queueIds?.length ? [list(queueIds.map(queueName))] : []),
      ...(about?.length ? [list(about.map(topicName))] : []),
      ...(words?.length ? [t('quality.rule.wordsAre', { words: list(words.map((word) => `«${word}»`)) })] : []),
      ...(ratingAtMost ? [t('quality.rule.rated', { most: ratingAtMost })] : []),
      ...(transfersAtLeast ? [t('quality.rule.transfersAre', { least: transfersAtLeast }, transfersAtLeast)] : []),
      ...(handledSecondsAtLeast
        ? [t('quality.rule.handledIs', { minutes: Math.round(handledSecondsAtLeast / 60) })]
        : []),
      ...(rule.promiseMissed ? [t('quality.rule.promiseMissed')] : []),
      ...(rule.reopened ? [t('quality.rule.reopened')] : []),
    ];
  }
  return { ruleWords, topics, queueName };
}
