import type { KnownCase } from '../../../server/contract/bot.ts';
import type { CaseDraft } from '../../../server/contract/case.ts';
import { limits } from '../../../server/contract/limits.ts';
import type { FolioPart } from '../../../server/contract/message.ts';
import type { Step } from '../dialog.ts';
import { type Act, after, entryOf, phrase, type Scene, say, titleOf } from '../scene.ts';
import { spokenDay } from './dates.ts';
import { askOpen, volunteered } from './questions.ts';
import { descriptionOf, newReport, type Report } from './report.ts';
import { introducedBy, proceed } from './steps.ts';
import { takeOpening } from './take-facts.ts';

/** Opens the case, and tells its folio, its promise and its key. */
export async function fileReport(scene: Scene, report: Report): Promise<Step<Report>> {
  const { asker, desk, locale } = scene;
  const opened = await desk.cases.open(asker, report.key, draftOf(scene, report), { triage: report.triage }, locale);
  if (!opened.ok) {
    const spot = report.spot && { ...report.spot, outside: true };
    const open = opened.problem === 'outside_city' && spot ? ('outside' as const) : ('where' as const);
    const again: Report = { ...report, spot: open === 'where' ? null : spot, open };
    return { ...askOpen(scene, again), slots: again };
  }
  return goOn(scene, report, {
    ...told(scene, report),
    ...registered(scene, 'report.filed', opened.case),
  });
}

/** It is the same as one that is open already: they follow that one. */
export async function followInstead(scene: Scene, report: Report, caseId: string): Promise<Step<Report> | null> {
  const followed = await scene.desk.cases.follow(scene.asker, caseId, scene.locale);
  if (!followed) return null;
  return goOn(scene, report, {
    ...told(scene, report),
    ...registered(scene, 'report.followed', followed),
  });
}

/** Folio, promise and key; on a call they are spelled, or sent as a text to whoever wants that. */
function registered(scene: Scene, key: 'report.filed' | 'report.followed', known: KnownCase): Act {
  const words = wordsOf(scene, known);
  const dictated = scene.channel === 'voice' && !scene.canText ? [say(scene, 'voice.keep_folio', words)] : [];
  const written = phrase(scene, 'voice.text_case', { ...words, title: known.title, city: scene.desk.cityName });
  return {
    replies: [[say(scene, key, words), ...dictated, folioPart(known)]],
    memory: {
      ...scene.memory,
      misses: 0,
      offered: [],
      said: [],
      outcome: 'canalizado',
      toText: scene.canText ? [...scene.memory.toText, written] : [],
    },
  };
}

/** The next of the matters that were told at once, with what is known of the person. */
async function goOn(scene: Scene, report: Report, act: Act): Promise<Step<Report>> {
  const { next, contact, affected, noticed, spot, asked } = report;
  const [matter, ...later] = next;
  if (!matter) return { ...act, slots: null };
  const { serviceId, text } = matter;
  const drafts = act.memory.drafts + 1;
  const fresh = {
    ...newReport(`report-${drafts}`, serviceId, later),
    ...{ contact, affected, noticed },
    before: spot,
    asked: asked.filter((question) => question === 'contact' || question === 'affected'),
  };
  // What they said now was about the report before this one.
  const silent = { ...scene, heard: { ...scene.heard, choice: null, text: '', photos: [], point: null } };
  const begun = await takeOpening(silent, fresh, text, text);
  const step = proceed({ ...scene, memory: { ...act.memory, drafts } }, { ...begun, contact, affected });
  const lead = phrase(scene, 'report.now_the_other', { title: titleOf(scene, serviceId) });
  return { ...after(act, { ...step, replies: introducedBy(lead, step.replies) }), slots: step.slots };
}

function draftOf(scene: Scene, report: Report): CaseDraft {
  const { spot, photos, affected } = report;
  const name = affected?.name ?? affected?.relation;
  return {
    serviceId: report.serviceId,
    description: descriptionOf(scene, report).slice(0, limits.textLength),
    place: entryOf(scene, report.serviceId)?.location === 'none' ? null : (spot?.place ?? null),
    attachmentIds: photos,
    affected: name ? { name, contact: null } : null,
    safeContact: null,
    answers: Object.entries(report.answers).flatMap(([questionId, value]) => (value ? [{ questionId, value }] : [])),
  };
}

/** What they told of themselves counts once they have read the notice and gone on. */
function told(scene: Scene, report: Report): Pick<Act, 'citizen' | 'consent'> {
  if (!volunteered(report)) return {};
  const { version } = scene.desk.privacy(scene.locale);
  return { citizen: report.contact, ...(scene.consent !== version && { consent: version }) };
}

function wordsOf(scene: Scene, { folio, workingDays, promisedFor, secret, link }: KnownCase): Record<string, string> {
  const promise = workingDays === 1 ? 'report.promise_one' : 'report.promise';
  return {
    folio,
    secret,
    link,
    promise: phrase(scene, promise, { days: String(workingDays), day: spokenDay(promisedFor, scene.locale) }),
  };
}

export function folioPart({ folio, title, status, promisedFor, secret, link }: KnownCase): FolioPart {
  return { type: 'folio', folio, title, status, promisedFor, secret, link };
}
