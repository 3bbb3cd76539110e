import { readContact } from '../hearing/contact.ts';
import { findCorrection, type Slot } from '../hearing/correction.ts';
import { withoutLead } from '../hearing/place-words.ts';
import { entryOf, type Scene } from '../scene.ts';
import { asWritten, complete } from './locate.ts';
import type { Question, Report } from './report.ts';
import { takePlace, withNearby } from './take-facts.ts';

/** A second matter, told while the first is being taken down. */
const BESIDES = /\b(?:tambi[eé]n|adem[aá]s|aparte|otra cosa|otro reporte|otro problema|also|besides|another thing)\b/iu;

/** What a burst changes of what was told before, or adds as another report; null when it does neither. */
export async function correct(scene: Scene, report: Report): Promise<Report | null> {
  const { text, choice } = scene.heard;
  if (choice !== null) return pickedService(scene, report, choice);
  const correction = findCorrection(text);
  if (correction?.value) return corrected(scene, report, correction.slot, correction.value);
  if (correction) return emptied(report, correction.slot);
  const { certainty, id } = scene.meaning;
  const service = certainty === 'sure' && isService(scene, id) && id !== report.serviceId ? id : null;
  if (service && BESIDES.test(text) && report.next.every(({ serviceId }) => serviceId !== service)) {
    return { ...report, next: [...report.next, { serviceId: service, text }] };
  }
  // Told what was noted, they name something else: that is what it is.
  return service && (report.open === 'confirm' || report.open === 'change')
    ? withService(scene, report, service)
    : null;
}

async function corrected(scene: Scene, report: Report, slot: Slot, value: string): Promise<Report | null> {
  switch (slot) {
    case 'service': {
      const { id, certainty } = await scene.understand(value);
      return certainty !== 'unsure' && isService(scene, id) ? withService(scene, report, id) : null;
    }
    case 'place': {
      const text = withoutLead(value);
      const fresh = withoutPlace(report);
      const placed = (await takePlace(scene, fresh, text)) ?? { ...fresh, spot: asWritten(text) };
      return withStreetOf(scene, placed, report);
    }
    case 'words':
      return { ...report, words: [value] };
    case 'contact': {
      const contact = readContact(value);
      return Object.keys(contact).length > 0
        ? { ...report, contact: { ...report.contact, ...contact } }
        : emptied(report, slot);
    }
    case 'photo':
    case 'answers':
      return emptied(report, slot);
  }
}

const questions: Record<Slot, Question> = {
  service: 'kind',
  place: 'where',
  words: 'what',
  photo: 'details',
  answers: 'form',
  contact: 'contact',
};

/** The report with a slot that is to be told once more. */
export function emptied(report: Report, slot: Slot): Report {
  const redo = questions[slot];
  if (slot === 'place') return { ...withoutPlace(report), redo };
  if (slot === 'words') return { ...report, words: [], redo };
  if (slot === 'answers') return { ...report, answers: {}, redo: null };
  if (slot === 'photo') return { ...report, photos: [], redo };
  return slot === 'contact' ? { ...report, contact: {}, redo } : { ...report, redo };
}

function withoutPlace(report: Report): Report {
  const asked = without(report, 'colonia', 'street', 'duplicate');
  return { ...report, spot: null, places: [], triage: false, nearby: [], redo: null, asked };
}

/** «No, es en la colonia Reforma»: the street that was told before is still meant. */
async function withStreetOf(scene: Scene, report: Report, before: Report): Promise<Report> {
  const street = before.spot?.place.address;
  if (report.spot?.lacks !== 'street' || !street) return report;
  return withNearby(scene, { ...report, spot: await complete(scene.desk.cases, report.spot, street) });
}

export async function withService(scene: Scene, report: Report, serviceId: string): Promise<Report> {
  const changed = { ...report, serviceId, answers: {}, redo: null, asked: without(report, 'duplicate') };
  return withNearby(scene, changed);
}

async function pickedService(scene: Scene, report: Report, choice: string): Promise<Report | null> {
  return isService(scene, choice) && choice !== report.serviceId ? withService(scene, report, choice) : null;
}

export function isService(scene: Scene, id: string): boolean {
  const entry = entryOf(scene, id);
  return entry?.kind === 'service' && !entry.protected;
}

function without({ asked }: Report, ...questions: Question[]): Question[] {
  return asked.filter((question) => !questions.includes(question));
}
