import { setImmediate as nextTurn } from 'node:timers/promises';
import type { World } from '../world/world.ts';
import { beginPatience } from './patience.ts';
import type { RetryRule } from './retry-rules.ts';
import { GATHER_SECONDS, noTrouble, type Trouble } from './trouble.ts';

/** A webhook to bring. */
export interface Letter {
  provider: 'twilio' | 'meta';
  /** POST unless told: a GET has all that it says in its URL, and no body. */
  method?: 'GET' | 'POST';
  /** As the city set it up with the provider, and as it is signed. */
  url: string;
  /** Letters of one line come one after the other, unless trouble is wanted. */
  line: string;
  /** What happened. Letters with the same `joins` can come as one, all their items sealed together. */
  items: unknown[];
  joins: string | null;
  seal(items: unknown[]): { headers: Record<string, string>; body: string };
  rule: RetryRule;
  /** Where else the provider goes when this does not work. */
  fallback?: () => Letter;
  /** The city took it. */
  taken?: () => void;
  /** The provider gives up. */
  lost?: () => void;
}

/** What the city said to a letter. */
export interface Answer {
  status: number;
  contentType: string;
  body: string;
}

export interface Postman {
  post(letter: Letter): void;
  /**
   * Brings it at once, whatever trouble is wanted but that of coming twice, for an answer that somebody waits for.
   * @returns the answer of the last try, or null: nobody answered
   */
  ask(letter: Letter): Promise<Answer | null>;
  trouble: Trouble;
  /** Resolves once nothing is under way; what waits for a timer does not count. */
  quiet(): Promise<void>;
  stop(): void;
}

/** @param reach where a URL of the city really is, when it is known under another name */
export function createPostman(world: World, reach: (url: string) => string): Postman {
  const stopped = new AbortController();
  const lines = new Map<string, Promise<void>>();
  const waiting = new Set<() => void>();
  let gathered: Letter[] = [];
  const postman: Postman = { post, ask, trouble: noTrouble, quiet, stop };

  function post(letter: Letter): void {
    const { delaySeconds, disorder, batch } = postman.trouble;
    if (disorder || (batch && letter.joins)) gather(letter);
    else if (delaySeconds > 0) later(delaySeconds, () => send(letter));
    else send(letter);
  }

  function gather(letter: Letter): void {
    gathered.push(letter);
    if (gathered.length > 1) return;
    later(GATHER_SECONDS + postman.trouble.delaySeconds, () => {
      const letters = postman.trouble.batch ? joined(gathered) : gathered;
      gathered = [];
      const sorted = postman.trouble.disorder ? shuffled(letters, world.random) : letters;
      for (const one of sorted) send(one);
    });
  }

  function later(seconds: number, work: () => void): void {
    const cancel = world.timers.after(seconds, () => {
      waiting.delete(cancel);
      work();
    });
    waiting.add(cancel);
  }

  function send(letter: Letter): void {
    const copies = postman.trouble.double ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const before = lines.get(letter.line) ?? Promise.resolve();
      const now = before.then(() => attempt(letter, 0));
      lines.set(letter.line, now);
      void now.then(() => {
        if (lines.get(letter.line) === now) lines.delete(letter.line);
      });
    }
  }

  async function attempt(letter: Letter, tried: number): Promise<void> {
    if (stopped.signal.aborted) return;
    const status = (await bring(letter))?.status ?? null;
    if (stopped.signal.aborted) return;
    if (status !== null && status >= 200 && status < 300) return letter.taken?.();
    const again = status === null || letter.rule.after === 'no_success';
    const pause = again ? letter.rule.pauses[tried] : undefined;
    if (pause !== undefined) return later(pause, () => void track(attempt(letter, tried + 1)));
    if (letter.fallback) return attempt(letter.fallback(), 0);
    letter.lost?.();
  }

  async function ask(letter: Letter): Promise<Answer | null> {
    const asked = bring(letter);
    if (postman.trouble.double) void track(asked.then(() => bring(letter)).then(() => undefined));
    const answer = await tracked(asked);
    const [pause] = letter.rule.pauses;
    const again = answer === null || (letter.rule.after === 'no_success' && answer.status >= 400);
    if (!again || pause === undefined || stopped.signal.aborted) return answer;
    await new Promise<void>((resolve) => later(pause, resolve));
    return ask({ ...letter, rule: { ...letter.rule, pauses: letter.rule.pauses.slice(1) } });
  }

  async function tracked<T>(work: Promise<T>): Promise<T> {
    void track(work.then(() => undefined));
    return work;
  }

  /** What is tried again is in nobody's line any more. */
  function track(work: Promise<void>): Promise<void> {
    const line = world.identifiers.fresh();
    lines.set(line, work);
    return work.finally(() => lines.delete(line));
  }

  async function bring(letter: Letter): Promise<Answer | null> {
    const { method = 'POST' } = letter;
    const { headers, body } = letter.seal(letter.items);
    const path = new URL(letter.url).pathname;
    const patience = beginPatience(world, letter.rule.patience);
    const note = { provider: letter.provider, kind: 'webhook', method, path, request: body } as const;
    try {
      const response = await fetch(reach(letter.url), {
        method,
        headers,
        ...(method === 'POST' ? { body } : {}),
        redirect: 'manual',
        signal: AbortSignal.any([stopped.signal, patience.signal]),
      });
      const contentType = response.headers.get('content-type') ?? '';
      // Sounds are fetched where they are played; left unread, they would hold their connection until it times out.
      const isSound = contentType.startsWith('audio/');
      if (isSound) await response.body?.cancel();
      const text = isSound ? '' : await response.text();
      world.wire.add({ ...note, status: response.status, response: text || contentType });
      return { status: response.status, contentType, body: text };
    } catch (error) {
      if (!stopped.signal.aborted) world.wire.add({ ...note, status: null, response: reasonOf(error) });
      return null;
    } finally {
      patience.answered();
    }
  }

  async function quiet(): Promise<void> {
    // What an answer set off begins a moment after it.
    await nextTurn();
    while (lines.size > 0) {
      await Promise.all(lines.values());
      await nextTurn();
    }
  }

  function stop(): void {
    stopped.abort();
    for (const cancel of waiting) cancel();
    waiting.clear();
    gathered = [];
  }

  return postman;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Letters that may come as one, as one. */
function joined(letters: Letter[]): Letter[] {
  const groups = Map.groupBy(letters, (letter) => letter.joins ?? letter);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const all = (what: 'taken' | 'lost') => () => {
      for (const letter of group) letter[what]?.();
    };
    return [{ ...first, items: group.flatMap(({ items }) => items), taken: all('taken'), lost: all('lost') }];
  });
}

function shuffled<T>(from: readonly T[], random: () => number): T[] {
  return from
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
