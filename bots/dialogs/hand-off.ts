import type { HandOff } from '../../server/contract/bot.ts';
import type { Part } from '../../server/contract/message.ts';
import type { PhraseKey } from '../../server/contract/phrases.ts';
import { type Act, entryOf, phrase, type Scene, say, titleOf } from './scene.ts';

/** Operators read the city's first language, whatever the citizen writes. */
const OPERATORS = 'es';
const LONGEST_QUOTE = 160;

/** They asked for a person. `underWay`: what was being done, in lines for the operator. */
export function passOn(scene: Scene, underWay: readonly string[] = []): Act {
  return leave(scene, [[say(scene, 'bot.handing_off')]], {
    reason: 'asked',
    ...queueFor(scene, underWay),
    summary: summaryOf(whatTheySaid(scene), underWay.length > 0 ? [...underWay] : [tried(scene), ...filesSent(scene)]),
  });
}

/** The bot did not understand, again. */
export function giveUp(scene: Scene, underWay: readonly string[] = []): Act {
  return leave(scene, [[say(scene, 'bot.giving_up')]], {
    reason: 'missed',
    ...queueFor(scene, underWay),
    summary: summaryOf(whatTheySaid(scene), [...underWay, operatorLine(scene, 'summary.missed'), ...filesSent(scene)]),
  });
}

/** Anger or despair: nothing a machine should answer. */
export function passOnUpset(scene: Scene, underWay: readonly string[] = []): Act {
  const { meaning } = scene;
  const about = meaning.certainty === 'unsure' ? null : entryOf({ ...scene, locale: OPERATORS }, meaning.id);
  const matter = about && about.kind !== 'action' ? [operatorLine(scene, 'summary.about', { title: about.title })] : [];
  return leave(scene, [[say(scene, 'bot.upset')]], {
    reason: 'upset',
    priority: 1,
    ...(about?.kind === 'service' ? { queueId: scene.desk.handOffTo.service } : queueFor(scene, underWay)),
    summary: summaryOf(whatTheySaid(scene), [
      operatorLine(scene, 'summary.upset'),
      ...matter,
      ...underWay,
      ...filesSent(scene),
    ]),
  });
}

/** An answer that did not help, or that the content lacks. */
export function passOnTopic(scene: Scene, id: string, reply: Part): Act {
  const title = titleOf({ ...scene, locale: OPERATORS }, id);
  const outcome = scene.memory.seen.includes(id) ? tried(scene) : operatorLine(scene, 'summary.no_answer', { title });
  return leave(scene, [[reply]], {
    reason: 'topic',
    queueId: scene.desk.handOffTo.topic,
    summary: summaryOf(whatTheySaid(scene), [outcome, ...filesSent(scene)]),
  });
}

export function leave(scene: Scene, replies: Part[][], handOff: HandOff): Act {
  return { replies, memory: { ...scene.memory, misses: 0, offered: [] }, handOff };
}

export function operatorLine(scene: Scene, key: PhraseKey, values?: Record<string, string>): string {
  return phrase({ ...scene, locale: OPERATORS }, key, values);
}

export function filesSent(scene: Scene): string[] {
  const { files, location } = scene.memory;
  return [
    ...(files > 0 ? [operatorLine(scene, 'summary.sent_files', { count: String(files) })] : []),
    ...(location ? [operatorLine(scene, 'summary.sent_location')] : []),
  ];
}

/** Two lines: what they want, and what is known besides. */
export function summaryOf(wish: string, besides: readonly string[]): string {
  return [wish, besides.join(' ')].filter(Boolean).join('\n');
}

export function quote(said: readonly string[]): string {
  const words = said.join(' / ').replace(/\s+/g, ' ');
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE - 1).trimEnd()}…` : words;
}

/** A report or a folio under way goes to the people who know about them. */
function queueFor(scene: Scene, underWay: readonly string[]): Pick<HandOff, 'queueId'> {
  return underWay.length > 0 ? { queueId: scene.desk.handOffTo.service } : {};
}

function whatTheySaid(scene: Scene): string {
  const words = quote(scene.memory.said);
  return words ? operatorLine(scene, 'summary.said', { words }) : operatorLine(scene, 'summary.said_nothing');
}

function tried(scene: Scene): string {
  const titles = scene.memory.seen.map((id) => titleOf({ ...scene, locale: OPERATORS }, id)).join('; ');
  return titles ? operatorLine(scene, 'summary.seen', { titles }) : operatorLine(scene, 'summary.untried');
}
