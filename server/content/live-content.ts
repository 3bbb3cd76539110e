import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { City } from '../contract/city.ts';
import type { Db } from '../database/database.ts';
import { newestContent } from './edited-rows.ts';
import { layOver } from './lay-over.ts';
import { liveCity } from './live-city.ts';
import { readEdited } from './read-edited.ts';

/** What the city says and does: its files, and over them what was changed in the console. */
export interface LiveContent {
  /** The city as it stands: services, departments and sentences are read anew at each look. */
  readonly city: City;
  /** What its files say. */
  readonly base: City;
  /** The newest version of each article. */
  readonly articles: City['articles'];
  /** What the bot has learnt. Others take their place only once it has learnt them, so that nobody waits for it. */
  readonly utterances: City['utterances'];
  /**
   * Looks whether somebody changed something, on this server or on another: it counts at once, but for what the bot
   * has to learn, which it does in the background.
   */
  refresh(): Promise<void>;
  /** Resolves when nothing is left to learn. */
  settled(): Promise<void>;
}

export interface LiveContentDeps {
  db: Db;
  city: City;
  log: Logger;
  /** Lets the bot learn these. */
  learn(utterances: City['utterances']): Promise<void> | undefined;
}

/** The city's files alone, until the first `refresh`. */
export function createLiveContent({ db, city, log, learn }: LiveContentDeps): LiveContent {
  let { articles, utterances } = city;
  let edited = layOver(city, []);
  const live = liveCity(city, () => edited);
  /** How many changes the tables held at the last look: all only grow. */
  let seen: string | null = null;
  /** What the bot knows or is about to: utterances, and the titles and services that it learns with them. */
  let lessons = '';
  let wanted = utterances;
  let learning: Promise<void> = Promise.resolve();
  let looking: Promise<void> = Promise.resolve();
  /** The look that has not begun yet. */
  let next: Promise<void> | null = null;

  async function look(): Promise<void> {
    const revision = await revisionOf(db);
    const now = `${revision.articles} ${revision.utterances} ${revision.content}`;
    if (now === seen) return;
    const isStart = seen === null;
    const [taught, rows] = await Promise.all([readEdited(db, city), newestContent(db)]);
    articles = taught.articles;
    edited = layOver(city, rows, ({ kind, id }) => log.warn({ kind, id }, 'what was edited cannot be read any more'));
    seen = now;
    const titles = articles.map(({ title }) => title);
    const services = edited.services
      .filter(({ active }) => active)
      .map(({ id, title }) => [id, title, edited.english[id]]);
    const found = JSON.stringify([revision.utterances, titles, services]);
    if (found === lessons) return;
    lessons = found;
    wanted = withoutRetired(taught.utterances, edited.services);
    // Nobody has asked yet: whoever asks first waits for the bot, which learns only once.
    if (isStart) utterances = wanted;
    learnAnew(wanted);
  }

  function learnAnew(next: City['utterances']): void {
    learning = learning.then(async () => {
      if (next !== wanted) return;
      try {
        await learn(next);
        utterances = next;
      } catch (error) {
        log.warn({ err: error }, 'the bot could not learn, and goes on with what it knew');
        // The next look tries again.
        seen = '';
        lessons = '';
      }
    });
  }

  return {
    city: live,
    base: city,
    get articles() {
      return articles;
    },
    get utterances() {
      return utterances;
    },
    refresh() {
      // One under way may have read before the change that this one is asked for.
      next ??= looking
        .catch(() => undefined)
        .then(() => {
          next = null;
          return look();
        });
      looking = next;
      return next;
    },
    settled: () => learning,
  };
}

/** What cannot be reported any more is not recognised either. */
function withoutRetired(utterances: City['utterances'], services: City['services']): City['utterances'] {
  const retired = new Set(services.filter(({ active }) => !active).map(({ id }) => id));
  return Object.fromEntries(Object.entries(utterances).filter(([id]) => !retired.has(id)));
}

interface Revision {
  articles: number;
  utterances: number;
  content: number;
}

/** How many changes the console has made so far. */
export async function revisionOf(db: Db): Promise<Revision> {
  const { rows } = await sql<Revision>`
    select (select count(*)::int from article_version) as articles,
      (select (count(*) + count(withdrawn_at))::int from utterance) as utterances,
      (select count(*)::int from content_version) as content`.execute(db);
  return rows[0] ?? { articles: 0, utterances: 0, content: 0 };
}
