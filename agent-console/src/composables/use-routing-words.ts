import { useI18n } from 'vue-i18n';
import type { OfferReason, Overflow, Skill } from '../../../server/contract/routing.ts';
import '../routing-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { useRouting } from '../stores/routing.ts';
import { age } from './durations.ts';
import { useFormats } from './use-formats.ts';

/** So many are named; the rest are counted. */
const NAMED = 3;
/** Shorter, it says nothing. */
const WORTH_TELLING_SECONDS = 60;

/** Exactly as it was set: `90 s`, `4 min`. */
const patience = (seconds: number): string =>
  seconds < 120 || seconds % 60 > 0 ? `${seconds} s` : `${seconds / 60} min`;

/** The rules of routing as a person would say them. */
export function useRoutingWords() {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();
  const routing = useRouting();

  const titles = () => {
    const city = directory.city;
    return new Map([...(city?.topics ?? []), ...(city?.services ?? [])].map(({ id, title }) => [id, title]));
  };
  function named(kind: Skill['kind'], id: string): string {
    if (kind === 'language') return t(`routing.skill.languages.${id}`);
    return kind === 'channel' ? t(`channel.${id}`) : (titles().get(id) ?? id);
  }
  function some(list: string[]): string {
    const rest = list.length - NAMED;
    if (rest > 0) return t('routing.skill.more', { list: list.slice(0, NAMED).join(', '), n: rest });
    return [list.slice(0, -1).join(', '), ...list.slice(-1)].filter(Boolean).join(t('routing.skill.or'));
  }

  function skillSentence({ kind, neededBy, relaxAfterSeconds: after }: Skill): string {
    const key = kind === 'topic' ? 'about' : kind;
    const who = t(`routing.skill.${key}`, { list: some(neededBy.map((id) => named(kind, id))) });
    const then = after === null ? t('routing.skill.strict') : t('routing.skill.relaxed', { time: patience(after) });
    return `${t('routing.skill.sentence', { who })} ${then}`;
  }

  function overflowSentence({ queueIds, afterSeconds: after, whenNobody }: Overflow): string {
    const queues = queueIds.flatMap((id) => directory.queueById.get(id) ?? []).map(({ name }) => phrase(name));
    const when = [
      ...(whenNobody ? [t('routing.overflow.whenNobody')] : []),
      ...(after === null ? [] : [t('routing.overflow.after', { time: patience(after) })]),
    ];
    if (queues.length === 0 || when.length === 0) return t('routing.overflow.never');
    return t('routing.overflow.rule', { queues: queues.join(', '), when: when.join(t('routing.overflow.or')) });
  }

  /** @param at when they were asked, ISO 8601 */
  function reasons({ by, skills, relaxed, idleSince }: OfferReason, at: string): string[] {
    const idle = Math.floor((Date.parse(at) - Date.parse(idleSince)) / 1_000);
    const titlesOf = (ids: string[]) =>
      ids.map((id) => phrase(routing.skillById.get(id)?.title ?? { es: id, en: id })).join(', ');
    return [
      by === 'idle' && idle >= WORTH_TELLING_SECONDS ? t('offerWhy.idleFor', { time: age(idle) }) : t(`offerWhy.${by}`),
      ...(skills.length > 0 ? [t('offerWhy.skills', { skills: titlesOf(skills) })] : []),
      ...(relaxed.length > 0 ? [t('offerWhy.relaxed', { skills: titlesOf(relaxed) })] : []),
    ];
  }
  return { named, skillSentence, overflowSentence, reasons };
}
