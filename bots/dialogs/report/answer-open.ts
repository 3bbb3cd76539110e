import { wordsOf } from '../../understanding/normalise.ts';
import { yesOrNo } from '../../understanding/small-talk.ts';
import type { Step } from '../dialog.ts';
import { readContact } from '../hearing/contact.ts';
import type { Slot } from '../hearing/correction.ts';
import { tellsWhereToFriends, withoutLead } from '../hearing/place-words.ts';
import {
  isAnother,
  isNoneOfThem,
  isPlainAnswer,
  isSamePlace,
  isTheSame,
  wantsToSend,
  wantsToSkip,
} from '../hearing/wishes.ts';
import type { Scene } from '../scene.ts';
import { answerForm } from './answer-form.ts';
import { emptied, isService, withService } from './correct.ts';
import { fileReport, followInstead } from './file-report.ts';
import { asWritten, complete, spotOf } from './locate.ts';
import { picks } from './questions.ts';
import type { Question, Report } from './report.ts';
import { open } from './steps.ts';
import { takePlace, withNearby } from './take-facts.ts';

/** In words: what is longer says more than yes or no. */
const LONGEST_YES_OR_NO = 4;

/** What an answer to the open question makes of a report; a step when that ends it; null when it is no answer. */
export type Answered = Promise<Report | Step<Report> | null>;

/** Takes what was heard as the answer to the open question. */
export async function answerOpen(scene: Scene, report: Report): Answered {
  const { text, choice } = scene.heard;
  const skips = choice === picks.skip || wantsToSkip(text);
  const asked = (question: Question): Report => ({ ...report, asked: [...report.asked, question] });
  switch (report.open) {
    case 'kind':
      return tells(scene) ? kind(scene, report) : null;
    case 'what':
      return tells(scene) ? { ...asked('what'), words: [...report.words, text] } : null;
    case 'where':
      return tells(scene) ? where(scene, report) : null;
    case 'which_place':
      return whichPlace(scene, report);
    case 'colonia':
    case 'street': {
      if (skips) return asked(report.open);
      if (!tells(scene) || !report.spot) return null;
      const done = asked(report.open);
      return withNearby(scene, { ...done, spot: await complete(scene.desk.cases, report.spot, withoutLead(text)) });
    }
    case 'outside':
      return outside(scene, report);
    case 'duplicate':
      return duplicate(scene, report);
    case 'form':
      return answerForm(scene, report, skips);
    case 'details':
      if (skips) return asked('details');
      return tells(scene) ? { ...asked('details'), words: [...report.words, text] } : null;
    case 'affected': {
      if (skips || !report.affected) return asked('affected');
      const { name } = readContact(text);
      return name ? { ...asked('affected'), affected: { ...report.affected, name } } : null;
    }
    case 'contact': {
      if (skips) return asked('contact');
      const contact = readContact(text);
      return Object.keys(contact).length > 0
        ? { ...asked('contact'), contact: { ...report.contact, ...contact } }
        : null;
    }
    case 'confirm':
      return confirm(scene, report);
    case 'change':
      return choice?.startsWith(picks.slot) ? emptied(report, choice.slice(picks.slot.length) as Slot) : null;
  }
}

function tells({ heard }: Scene): boolean {
  return heard.choice === null && wordsOf(heard.text).length > 0;
}

async function kind(scene: Scene, report: Report): Promise<Report | null> {
  const { id, certainty } = scene.meaning;
  return certainty !== 'unsure' && isService(scene, id) ? withService(scene, report, id) : null;
}

async function where(scene: Scene, report: Report): Promise<Report | null> {
  const text = withoutLead(scene.heard.text);
  if (report.before && isSamePlace(scene.heard.text)) return withNearby(scene, { ...report, spot: report.before });
  const placed = await takePlace(scene, report, text);
  if (placed) return placed;
  if (tellsWhereToFriends(text)) return { ...report, words: [...report.words, text] };
  // Asked for a place, whatever has some substance is one; «no sé» and «aquí» are not.
  const substance = wordsOf(text).filter((word) => word.length > 2);
  return substance.length > 1 && !isPlainAnswer(text) ? { ...report, spot: asWritten(text) } : null;
}

async function whichPlace(scene: Scene, report: Report): Answered {
  const { text, choice } = scene.heard;
  const chosen = choice?.startsWith(picks.place) ? report.places[Number(choice.slice(picks.place.length))] : undefined;
  if (chosen) return withNearby(scene, { ...report, spot: spotOf(chosen, chosen.label), places: [] });
  const none = { ...report, places: [], spot: null };
  if (choice === picks.none || isNoneOfThem(text)) return none;
  return tells(scene) ? where(scene, none) : null;
}

async function outside(scene: Scene, report: Report): Answered {
  const { choice } = scene.heard;
  if (choice === picks.triage) return { ...report, triage: true };
  if (choice === picks.correctPlace) return { ...report, spot: null };
  return tells(scene) ? where(scene, { ...report, spot: null }) : null;
}

async function duplicate(scene: Scene, report: Report): Answered {
  const { text, choice } = scene.heard;
  const another: Report = { ...report, asked: [...report.asked, 'duplicate'], nearby: [] };
  const short = wordsOf(text).length <= LONGEST_YES_OR_NO ? yesOrNo(text) : null;
  if (choice === picks.other || isAnother(text) || short === 'no' || isNoneOfThem(text)) return another;
  const picked = choice?.startsWith(picks.same) ? choice.slice(picks.same.length) : null;
  const only = report.nearby.length === 1 && (isTheSame(text) || short === 'yes') ? report.nearby[0]?.id : undefined;
  const id = picked ?? only;
  // Closed meanwhile: then it is not the same any more.
  return id ? ((await followInstead(scene, report, id)) ?? another) : null;
}

async function confirm(scene: Scene, report: Report): Answered {
  const { text, choice } = scene.heard;
  if (choice === picks.send || wantsToSend(text)) return fileReport(scene, report);
  const short = wordsOf(text).length <= LONGEST_YES_OR_NO ? yesOrNo(text) : null;
  // «No» to «shall I send it?»: something is not right yet.
  if (short === 'no') return open(scene, { ...report, open: 'change' });
  return null;
}
