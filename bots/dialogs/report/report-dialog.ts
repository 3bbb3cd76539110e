import type { Dialog, Step } from '../dialog.ts';
import { readContact } from '../hearing/contact.ts';
import { wantsToChange } from '../hearing/wishes.ts';
import { phrase, type Scene, say, titleOf } from '../scene.ts';
import { answerOpen } from './answer-open.ts';
import { correct } from './correct.ts';
import { askOpen, picks } from './questions.ts';
import { contactOf } from './read-back.ts';
import { descriptionOf, type Matter, newReport, type Report } from './report.ts';
import { introducedBy, open, proceed } from './steps.ts';
import { takeFacts, takeOpening } from './take-facts.ts';

/** What there is to report, in the order in which it was said, at least one; `text` is all that was said. */
export interface ReportOpening {
  matters: readonly Matter[];
  text: string;
}

/** Takes a report down: asks only what is missing, takes what comes unasked, and files it once it is confirmed. */
export const reportDialog: Dialog<Report, ReportOpening> = {
  id: 'report',
  version: '2',
  insists: true,

  async begin(scene, { matters, text }) {
    const [{ serviceId, text: about } = { serviceId: '', text }, ...next] = matters;
    const drafts = scene.memory.drafts + 1;
    const opened = await takeOpening(
      withWhatCameBefore(scene),
      newReport(`report-${drafts}`, serviceId, next),
      about,
      text,
    );
    const here = { ...scene, memory: { ...scene.memory, drafts, photos: [], pin: null } };
    const advice = await scene.desk.answer(serviceId, scene.locale);
    const lead = phrase(scene, next.length > 0 ? 'report.one_by_one' : 'report.begin', {
      title: titleOf(scene, serviceId),
    });
    const step = proceed(here, opened);
    const said = advice === null ? [] : [[{ type: 'text' as const, text: advice }]];
    return { ...step, replies: [...said, ...introducedBy(lead, step.replies)] };
  },

  async answer(scene, before) {
    const { heard } = scene;
    if (heard.choice === picks.cancel) return { ...this.cancel(scene, before), slots: null };
    const { report, rest, some } = await takeFacts(scene, before);
    const said = { ...scene, heard: { ...heard, text: rest } };
    const corrected = await correct(said, report);
    if (corrected) return acknowledged(scene, report, corrected);
    if (some && (rest === '' || before.open === 'contact')) return proceed(scene, settled(scene, report, before));
    if (heard.choice === picks.change || (before.open === 'confirm' && wantsToChange(rest))) {
      return open(scene, { ...report, open: 'change' });
    }
    const answered = await answerOpen(said, { ...report, redo: null });
    if (!answered) return some ? proceed(scene, settled(scene, report, before)) : null;
    return 'slots' in answered ? answered : proceed(scene, answered);
  },

  repeat: askOpen,

  cancel(scene, { next }) {
    return {
      replies: [[say(scene, next.length > 0 ? 'report.cancelled_all' : 'report.cancelled')]],
      memory: { ...scene.memory, misses: 0, offered: [], said: [], outcome: 'informado' },
    };
  },

  summary(scene, report) {
    const here = { ...scene, locale: 'es' as const };
    const { spot, photos, next } = report;
    const contact = contactOf(report);
    const facts = [
      ...(report.words.length > 0 ? [descriptionOf(here, report).replace(/\s+/g, ' ').slice(0, 160)] : []),
      ...(spot ? [spot.label] : []),
      ...(photos.length > 0 ? [phrase(here, 'summary.sent_files', { count: String(photos.length) })] : []),
      ...(contact ? [contact] : []),
    ];
    const ids = [report.serviceId, ...next.map(({ serviceId }) => serviceId)];
    const titles = ids.map((id) => titleOf(here, id)).join('; ');
    return [phrase(here, 'summary.draft', { title: titles, facts: facts.join(' · ') || '—' })];
  },
};

/** What was changed or added is told before the open question comes again. */
function acknowledged(scene: Scene, before: Report, report: Report): Step<Report> {
  const step = proceed(scene, report);
  const [more] = report.next.slice(before.next.length);
  if (!more && report.redo) return step;
  const lead = more
    ? phrase(scene, 'report.noted_next', { title: titleOf(scene, more.serviceId) })
    : phrase(scene, 'report.noted');
  return { ...step, replies: introducedBy(lead, step.replies) };
}

/** A question whose answer came as a picture, a pin or a contact is asked no more. */
function settled({ heard }: Scene, report: Report, { open }: Report): Report {
  const asked = open === 'details' || open === 'contact' ? [...report.asked, open] : report.asked;
  const contact = open === 'contact' ? { ...report.contact, ...readContact(heard.text) } : report.contact;
  return { ...report, asked, contact, redo: null };
}

/** Pictures and a pin may come before anybody says what they are about. */
function withWhatCameBefore(scene: Scene): Scene {
  const { heard, memory } = scene;
  const photos = [...memory.photos, ...heard.photos];
  return { ...scene, heard: { ...heard, photos, point: heard.point ?? memory.pin } };
}
