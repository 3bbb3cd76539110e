import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { City } from '../contract/city.ts';
import type { Db } from '../database/database.ts';
import { readEdited } from './read-edited.ts';

/** What the bot answers from: the city's files, and over them what was changed in the console. */
export interface LiveContent {
  /** The newest version of each article. */
  readonly articles: City['articles'];
  /** What the bot has learnt. Others take their place only once it has learnt them, so that nobody waits for it. */
  readonly utterances: City['utterances'];
  /**
   * Looks whether somebody changed something, on this server or on another: articles are quoted anew at once,
   * utterances are learnt in the background.
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
  /** How many changes the tables held at the last look: both only grow. */
  let seen: string | null = null;
  /** What the bot knows or is about to: utterances, and the titles that it learns with them. */
  let lessons = '';
  let wanted = utterances;
  let learning: Promise<void> = Promise.resolve();
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const revision = await revisionOf(db);
    const now = `${revision.articles} ${revision.utterances}`;
    if (now === seen) return;
    const isStart = seen === null;
    const edited = await readEdited(db, city);
    articles = edited.articles;
    seen = now;
    const titles = articles.map(({ title }) => title);
    const found = JSON.stringify([revision.utterances, titles]);
    if (found === lessons) return;
    lessons = found;
    wanted = edited.utterances;
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
    get articles() {
      return articles;
    },
    get utterances() {
      return utterances;
    },
    refresh() {
      looking ??= look().finally(() => {
        looking = null;
      });
      return looking;
    },
    settled: () => learning,
  };
}

/** How many changes the console has made so far. */
export async function revisionOf(db: Db): Promise<{ articles: number; utterances: number }> {
  const { rows } = await sql<{ articles: number; utterances: number }>`
    select (select count(*)::int from article_version) as articles,
      (select (count(*) + count(withdrawn_at))::int from utterance) as utterances`.execute(db);
  return rows[0] ?? { articles: 0, utterances: 0 };
}
