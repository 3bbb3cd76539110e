import type { KnownCase } from '../../../server/contract/bot.ts';
import { isCaseOpen } from '../../../server/contract/case-status.ts';
import { wordsOf } from '../../understanding/normalise.ts';
import { yesOrNo } from '../../understanding/small-talk.ts';
import type { Dialog, Step } from '../dialog.ts';
import { findFolio, findSecret } from '../hearing/folio.ts';
import { spelledOut } from '../hearing/spoken.ts';
import { isNotSolved, wantsToSkip } from '../hearing/wishes.ts';
import { type Act, ask, button, phrase, type Scene, say } from '../scene.ts';
import { tellStatus } from './tell-status.ts';

/** What is asked about a folio. */
export interface Inquiry {
  open: 'which' | 'secret' | 'solved' | 'what_is_wrong';
  folio: string | null;
  /** The case that was told, once it is known to be theirs. */
  caseId: string | null;
}

const picks = { folio: 'status:folio:', settled: 'status:settled', reopen: 'status:reopen' } as const;
const PERSON = 'hablar-persona';

/** Tells how a folio is going, to who filed or follows it; opens it again when it is not solved. */
export const statusDialog: Dialog<Inquiry, null> = {
  id: 'status',
  version: '1',
  insists: true,

  async begin(scene) {
    const folio = folioIn(scene, false);
    return folio ? lookUp(scene, folio, findSecret(scene.heard.text)) : theirs(scene);
  },

  async answer(scene, inquiry) {
    const { text, choice } = scene.heard;
    const named = choice?.startsWith(picks.folio)
      ? choice.slice(picks.folio.length)
      : folioIn(scene, inquiry.open === 'which');
    if (named && !(inquiry.open === 'secret' && named === inquiry.folio)) {
      return lookUp(scene, named, findSecret(text));
    }
    switch (inquiry.open) {
      case 'which':
        return wantsToSkip(text) ? over(scene, say(scene, 'status.no_folio')) : null;
      case 'secret':
        return withSecret(scene, inquiry);
      case 'solved':
        return isSolved(scene, inquiry);
      case 'what_is_wrong':
        return inquiry.caseId && wordsOf(text).length > 0 ? reopen(scene, inquiry.caseId, text) : null;
    }
  },

  repeat(scene, inquiry) {
    return questionOf(scene, inquiry);
  },

  cancel(scene) {
    return { replies: [[say(scene, 'status.cancelled')]], memory: { ...scene.memory, misses: 0, offered: [] } };
  },

  summary(scene, { folio }) {
    const here = { ...scene, locale: 'es' as const };
    return [folio ? phrase(here, 'summary.asked_folio', { folio }) : phrase(here, 'summary.folio')];
  },
};

function folioIn({ heard, desk, now }: Scene, asked: boolean): string | null {
  return heard.choice ? null : findFolio(heard.text, desk.folioPrefix, now.getFullYear(), asked);
}

async function lookUp(scene: Scene, folio: string, secret: string | null): Promise<Step<Inquiry>> {
  const found = await scene.desk.cases.find(scene.asker, folio, secret, scene.locale);
  if (found) return told(scene, found);
  if (secret) return unknown(scene, folio);
  const inquiry: Inquiry = { open: 'secret', folio, caseId: null };
  return { ...questionOf(scene, inquiry), slots: inquiry };
}

/** No folio was named: the only one of theirs, or which of them. */
async function theirs(scene: Scene): Promise<Step<Inquiry>> {
  const mine = await scene.desk.cases.mine(scene.asker, scene.locale);
  const [only] = mine;
  if (only && mine.length === 1) return told(scene, only);
  const inquiry: Inquiry = { open: 'which', folio: null, caseId: null };
  if (!only) return { ...questionOf(scene, inquiry), slots: inquiry };
  // Who listens does not know one folio from another.
  const placed = (title: string, where: string | null): string =>
    where === null ? title : phrase(scene, 'voice.same_at', { title, where });
  const options = mine.map(({ folio, title, where }) => ({
    id: `${picks.folio}${folio}`,
    title: (scene.channel === 'voice' ? placed(title, where) : `${folio} · ${title}`).slice(0, 80),
  }));
  return { ...ask(scene, 'status.which_of_yours', options), slots: inquiry };
}

function questionOf(scene: Scene, { open, folio }: Inquiry): Act {
  switch (open) {
    case 'which':
      return { replies: [[say(scene, 'status.which')]], memory: { ...scene.memory, misses: 0, offered: [] } };
    case 'secret':
      return {
        replies: [[say(scene, 'status.secret', { folio: folio ?? '' })]],
        memory: { ...scene.memory, misses: 0, offered: [] },
      };
    case 'solved':
      return ask(scene, 'status.solved_question', [
        button(scene, picks.settled, 'status.it_is'),
        button(scene, picks.reopen, 'status.it_is_not'),
      ]);
    case 'what_is_wrong':
      return { replies: [[say(scene, 'status.what_is_wrong')]], memory: { ...scene.memory, misses: 0, offered: [] } };
  }
}

async function withSecret(scene: Scene, { folio }: Inquiry): Promise<Step<Inquiry> | null> {
  const { text } = scene.heard;
  if (!folio) return null;
  if (wantsToSkip(text)) return unknown(scene, folio);
  const secret = findSecret(scene.channel === 'voice' ? spelledOut(text) : text, true);
  return secret ? lookUp(scene, folio, secret) : wordsOf(text).length <= 2 ? unknown(scene, folio) : null;
}

/** Unknown, somebody else's or a wrong key: the same answer, and a person. */
function unknown(scene: Scene, folio: string): Step<Inquiry> {
  const person = { id: PERSON, title: phrase(scene, 'status.person') };
  const act = ask(scene, 'status.not_found', [person]);
  return {
    ...act,
    replies: [[say(scene, 'status.not_found', { folio }), { type: 'choices', options: [person] }]],
    // A number alone is a folio only while one is asked for: who listens cannot look up how they are written.
    slots: scene.channel === 'voice' ? { open: 'which', folio: null, caseId: null } : null,
  };
}

async function told(scene: Scene, found: KnownCase): Promise<Step<Inquiry>> {
  const status = tellStatus(scene, found);
  if (isCaseOpen(found.status)) {
    return { replies: [status], memory: settledMemory(scene), slots: null };
  }
  const inquiry: Inquiry = { open: 'solved', folio: found.folio, caseId: found.id };
  // «Sigue igual» said along with the question needs no second asking.
  if (isNotSolved(scene.heard.text)) {
    const wrong: Inquiry = { ...inquiry, open: 'what_is_wrong' };
    const act = questionOf(scene, wrong);
    return { ...act, replies: [status, ...act.replies], slots: wrong };
  }
  const act = questionOf(scene, inquiry);
  return { ...act, replies: [status, ...act.replies], slots: inquiry };
}

async function isSolved(scene: Scene, inquiry: Inquiry): Promise<Step<Inquiry> | null> {
  const { text, choice } = scene.heard;
  const said =
    choice ??
    (isNotSolved(text) || yesOrNo(text) === 'no' ? picks.reopen : yesOrNo(text) === 'yes' ? picks.settled : null);
  if (said === picks.settled) return over(scene, say(scene, 'status.glad'));
  if (said !== picks.reopen || !inquiry.caseId) return null;
  // What they say beside «sigue igual» is what is wrong.
  if (choice === null && wordsOf(text).length > 4) return reopen(scene, inquiry.caseId, text);
  const wrong: Inquiry = { ...inquiry, open: 'what_is_wrong' };
  return { ...questionOf(scene, wrong), slots: wrong };
}

async function reopen(scene: Scene, caseId: string, words: string): Promise<Step<Inquiry>> {
  const opened = await scene.desk.cases.reopen(scene.asker, caseId, words.slice(0, 2_000));
  return over(scene, say(scene, opened ? 'status.opened_again' : 'status.cannot_reopen'));
}

function over(scene: Scene, reply: ReturnType<typeof say>): Step<Inquiry> {
  return { replies: [[reply]], memory: settledMemory(scene), slots: null };
}

function settledMemory({ memory }: Scene): Scene['memory'] {
  return { ...memory, misses: 0, offered: [], outcome: 'informado' };
}
