import type { AskedQuestion, CatalogueEntry } from '../../../server/contract/bot.ts';
import type { NearbyCase } from '../../../server/contract/case.ts';
import type { Place, PlaceSuggestion } from '../../../server/contract/place.ts';
import type { Contact } from '../hearing/contact.ts';
import { entryOf, type Scene } from '../scene.ts';

/** What a report may still have to ask. */
export type Question =
  | 'kind'
  | 'what'
  | 'where'
  | 'which_place'
  | 'colonia'
  | 'street'
  | 'outside'
  | 'duplicate'
  | 'form'
  | 'details'
  | 'affected'
  | 'contact'
  | 'confirm'
  | 'change';

/** Where it is, as far as it is told. */
export interface Spot {
  place: Place;
  /** As it is read back: «Xalapa y España, Zaragoza». */
  label: string;
  /** A whole colonia, or a street that may run through several: more has to be asked. */
  lacks: 'street' | 'colonia' | null;
  outside: boolean;
}

/** Something to report, and what was said of it. */
export interface Matter {
  serviceId: string;
  text: string;
}

/** A report that is being taken down. */
export interface Report {
  /** Tells this draft from others of the same ticket: filed twice by a fault, it is one case. */
  key: string;
  serviceId: string;
  /** What happened, in their words. */
  words: string[];
  spot: Spot | null;
  /** Places offered to choose from. */
  places: PlaceSuggestion[];
  /** Outside of the municipality, or found by nobody: a person looks at it. */
  triage: boolean;
  photos: string[];
  contact: Contact;
  affected: { relation: string | null; name: string | null } | null;
  /** To what the service asks, by question; empty: they had rather not say. */
  answers: Record<string, string>;
  /** Open cases that may be the same. */
  nearby: NearbyCase[];
  /** What they want to answer once more. */
  redo: Question | null;
  /** Questions that are asked once at most. */
  asked: Question[];
  open: Question;
  /** The notice that comes before personal data was shown. */
  noticed: boolean;
  /** Where the report before this one was: «ahí mismo». */
  before: Spot | null;
  /** What is to be reported after this. */
  next: Matter[];
}

/** In words: what tells more than that there is a matter of its kind. */
const TELLING = 5;

export function newReport(key: string, serviceId: string, next: readonly Matter[] = []): Report {
  return {
    key,
    serviceId,
    words: [],
    spot: null,
    places: [],
    triage: false,
    photos: [],
    contact: {},
    affected: null,
    answers: {},
    nearby: [],
    redo: null,
    asked: [],
    open: 'where',
    noticed: false,
    before: null,
    next: [...next],
  };
}

/** What has to be asked next; `confirm` when nothing is missing. */
export function nextQuestion(scene: Scene, report: Report): Question {
  const service = entryOf(scene, report.serviceId);
  const may = (question: Question): boolean => !report.asked.includes(question);
  if (report.redo) return report.redo;
  if (report.places.length > 0) return 'which_place';
  if (report.spot?.outside && !report.triage) return 'outside';
  if (needsWords(service) && wordCount(report.words) < TELLING && may('what')) return 'what';
  if (service?.location === 'required') {
    if (!report.spot) return 'where';
    if (report.spot.lacks && may(report.spot.lacks)) return report.spot.lacks;
    if (report.nearby.length > 0 && may('duplicate')) return 'duplicate';
  }
  if (nextOfForm(scene, report)) return 'form';
  if (service?.location === 'required' && !asksPhoto(service) && report.photos.length === 0 && may('details')) {
    return 'details';
  }
  if (report.affected && !report.affected.name && may('affected')) return 'affected';
  if (asksContact(scene, report) && may('contact')) return 'contact';
  return 'confirm';
}

/** The first question of the service's form that nobody has answered; one for a picture is none on a call. */
export function nextOfForm(scene: Scene, { serviceId, answers, photos }: Report): AskedQuestion | null {
  const questions = entryOf(scene, serviceId)?.questions ?? [];
  const isOpen = ({ id, kind }: AskedQuestion): boolean =>
    kind === 'photo' ? photos.length === 0 && answers[id] === undefined && scene.channel !== 'voice' : !(id in answers);
  return questions.find(isOpen) ?? null;
}

const asksPhoto = ({ questions }: CatalogueEntry): boolean => questions?.some(({ kind }) => kind === 'photo') ?? false;

/** What has no place is nothing but its words. */
function needsWords(service: CatalogueEntry | null): boolean {
  return service !== null && service.location !== 'required';
}

/** Other channels tell who writes. */
function asksContact({ channel }: Scene, { contact }: Report): boolean {
  return channel === 'chat' && !contact.name && !contact.phone && !contact.email;
}

function wordCount(words: readonly string[]): number {
  return words.join(' ').split(/\s+/).filter(Boolean).length;
}

/** What the report says happened: their words, or else the name of its kind. */
export function descriptionOf(scene: Scene, report: Report): string {
  return report.words.join('\n').trim() || entryOf(scene, report.serviceId)?.title || report.serviceId;
}
