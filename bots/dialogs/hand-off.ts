import type { HandOff } from '../../server/contract/bot.ts';
import type { Part } from '../../server/contract/message.ts';
import type { PhraseKey } from '../../server/contract/phrases.ts';
import type { Danger } from '../understanding/find-danger.ts';
import { type Act, type Scene, say, titleOf } from './scene.ts';

/** Operators read the city's first language, whatever the citizen writes. */
const OPERATORS = 'es';
const LONGEST_QUOTE = 160;

/** Danger: the numbers to call, and a person at once. Nothing is asked, nothing comes before. */
export function raiseAlarm(scene: Scene, danger: Danger): Act {
  const words = quote([scene.heard.text || titleOf({ ...scene, locale: OPERATORS }, scene.heard.choice ?? '')]);
  // What was said of violence is told nowhere but in the conversation itself.
  const about = danger === 'violence' ? line(scene, 'summary.violence') : line(scene, 'summary.emergency', { words });
  return leave(scene, [say(scene, `danger.${danger}`)], {
    reason: 'danger',
    queueId: scene.desk.handOffTo.danger,
    priority: 0,
    summary: summaryOf(about, danger === 'violence' ? [] : sent(scene)),
  });
}

/** They asked for a person. */
export function passOn(scene: Scene): Act {
  return leave(scene, [say(scene, 'bot.handing_off')], {
    reason: 'asked',
    summary: summaryOf(whatTheySaid(scene), [tried(scene), ...sent(scene)]),
  });
}

/** The bot did not understand, again. */
export function giveUp(scene: Scene): Act {
  return leave(scene, [say(scene, 'bot.giving_up')], {
    reason: 'missed',
    summary: summaryOf(whatTheySaid(scene), [line(scene, 'summary.missed'), ...sent(scene)]),
  });
}

/** An answer that did not help, or that the content lacks. */
export function passOnTopic(scene: Scene, id: string, reply: Part): Act {
  const title = titleOf({ ...scene, locale: OPERATORS }, id);
  const outcome = scene.memory.seen.includes(id) ? tried(scene) : line(scene, 'summary.no_answer', { title });
  return leave(scene, [reply], {
    reason: 'topic',
    queueId: scene.desk.handOffTo.topic,
    summary: summaryOf(whatTheySaid(scene), [outcome, ...sent(scene)]),
  });
}

/** Something to report: a person takes it down. */
export function takeReport(scene: Scene, ids: readonly string[]): Act {
  const asked = scene.desk.catalogue(OPERATORS).filter((entry) => ids.includes(entry.id));
  const priority = asked.map((entry) => entry.priority).sort()[0];
  const title = titlesOf({ ...scene, locale: OPERATORS }, ids);
  const words = scene.memory.said.length > 0 ? [whatTheySaid(scene)] : [];
  return leave(scene, [say(scene, 'bot.report', { title: titlesOf(scene, ids) })], {
    reason: 'topic',
    queueId: scene.desk.handOffTo.service,
    ...(priority !== 2 && { priority }),
    summary: summaryOf(line(scene, 'summary.report', { title }), [...words, ...sent(scene)]),
  });
}

/** How a report is doing. */
export function passOnFolio(scene: Scene): Act {
  const words = scene.memory.said.length > 0 ? [whatTheySaid(scene)] : [];
  return leave(scene, [say(scene, 'bot.folio')], {
    reason: 'topic',
    queueId: scene.desk.handOffTo.service,
    summary: summaryOf(line(scene, 'summary.folio'), [...words, ...sent(scene)]),
  });
}

function titlesOf(scene: Scene, ids: readonly string[]): string {
  return new Intl.ListFormat(scene.locale).format(ids.map((id) => titleOf(scene, id)));
}

function leave(scene: Scene, reply: Part[], handOff: HandOff): Act {
  return { replies: [reply], memory: { ...scene.memory, misses: 0, asking: null, offered: [] }, handOff };
}

function line(scene: Scene, key: PhraseKey, values?: Record<string, string>): string {
  return scene.desk.phrase(key, OPERATORS, values);
}

function whatTheySaid(scene: Scene): string {
  const words = quote(scene.memory.said);
  return words ? line(scene, 'summary.said', { words }) : line(scene, 'summary.said_nothing');
}

function tried(scene: Scene): string {
  const titles = scene.memory.seen.map((id) => titleOf({ ...scene, locale: OPERATORS }, id)).join('; ');
  return titles ? line(scene, 'summary.seen', { titles }) : line(scene, 'summary.untried');
}

function sent(scene: Scene): string[] {
  const { files, location } = scene.memory;
  return [
    ...(files > 0 ? [line(scene, 'summary.sent_files', { count: String(files) })] : []),
    ...(location ? [line(scene, 'summary.sent_location')] : []),
  ];
}

/** Two lines: what they want, and what is known besides. */
function summaryOf(wish: string, besides: string[]): string {
  return [wish, besides.join(' ')].filter(Boolean).join('\n');
}

function quote(said: readonly string[]): string {
  const words = said.join(' / ').replace(/\s+/g, ' ');
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE - 1).trimEnd()}…` : words;
}
