import type { Locale } from '../../contract/errors.ts';
import { changeOf } from '../../contract/figure-change.ts';
import type { FigureId } from '../../contract/figures.ts';
import type { Shown } from '../../contract/report-table.ts';
import { figureWords } from '../figure-words.ts';
import { headFigures, type Month, type MonthPart } from './gather-month.ts';
import { monthWords } from './month-words.ts';

export interface MonthStory {
  /** What a mayor would say of it, two or three sentences. */
  headline: string[];
  worse: string[];
  better: string[];
}

/** Less is noise from one month to the next. */
const POINTS = 1;
const SHARE = 0.05;
/** A topic that rose by so much, of so many, is told. */
const TOPIC_SHARE = 0.3;
const TOPIC_CONTACTS = 20;
const DEPARTMENT_POINTS = 5;
const MOST_TOPICS = 3;

/** What a month says in words, from its figures alone. */
export function tellMonth(month: Month, locale: Locale): MonthStory {
  const words = figureWords(locale);
  const say = monthWords[locale];
  const { figures } = month;
  const names = { before: words.monthAlone(month.before.from), yearAgo: words.month(month.yearAgo.from) };
  const value = (id: FigureId) => words.value(id, figures[id].now);
  const against = (id: FigureId, then: Shown, name: string) => {
    const change = changeOf(id, figures[id].now, then);
    return change ? say.against(change.direction, words.sizeOf(change), name) : null;
  };

  const volume = [
    against('volume', figures.volume.before, names.before),
    against('volume', figures.volume.yearAgo, names.yearAgo),
  ].filter((each) => each !== null);
  const headline = [
    say.volume(words.month(month.period.from), value('volume'), volume),
    ...(figures.serviceLevel.now === null ? [] : [say.serviceLevel(value('serviceLevel'), value('speedOfAnswer'))]),
    ...(figures.promisesKept.now === null ? [] : [say.promises(value('promisesKept'), value('openCases'))]),
  ];

  const moved = headFigures.flatMap((id) => {
    const change = changeOf(id, figures[id].now, figures[id].before);
    if (!change || change.size < (change.unit === 'points' ? POINTS : SHARE)) return [];
    const was = words.value(id, figures[id].before);
    return [{ tone: change.tone, text: say.moved(words.title(id), was, value(id)) }];
  });
  const worse = [
    ...moved.filter(({ tone }) => tone === 'worse').map(({ text }) => text),
    ...fallenDepartments(month).map(({ label, now, before }) =>
      say.department(label, words.value('promisesKept', before), words.value('promisesKept', now)),
    ),
    ...risenTopics(month).map(({ label, now, before }) =>
      say.topic(label, words.count(before ?? 0), words.count(now ?? 0)),
    ),
  ];
  return { headline, worse, better: moved.filter(({ tone }) => tone === 'better').map(({ text }) => text) };
}

const fallenDepartments = ({ departments }: Month): MonthPart[] =>
  departments.filter(({ now, before }) => now !== null && before !== null && (before - now) * 100 >= DEPARTMENT_POINTS);

const risenTopics = ({ topics }: Month): MonthPart[] =>
  topics
    .filter(
      ({ now, before }) =>
        now !== null && before !== null && now >= TOPIC_CONTACTS && before > 0 && now >= before * (1 + TOPIC_SHARE),
    )
    .slice(0, MOST_TOPICS);
