import type { CaseDetail } from '../../../server/contract/case.ts';
import type { Attachment } from '../../../server/contract/http.ts';
import type { Place } from '../../../server/contract/place.ts';

/** A case as it is being filled in; texts are empty rather than absent, as fields have them. */
export interface CaseForm {
  serviceId: string;
  description: string;
  place: FormPlace;
  /** Files to go with it, of the conversation or just uploaded. */
  attachments: Attachment[];
  /** To what the service asks, by question. */
  answers: Record<string, string>;
  onBehalf: boolean;
  affected: { name: string; contact: string };
}
export interface FormPlace {
  point: Place['point'];
  address: string;
  coloniaId: string;
  reference: string;
  /** Kept although it lies outside or nobody found it: somebody looks at it. */
  triage: boolean;
}

export const blankCaseForm = (): CaseForm => ({
  serviceId: '',
  description: '',
  place: { point: null, address: '', coloniaId: '', reference: '', triage: false },
  attachments: [],
  answers: {},
  onBehalf: false,
  affected: { name: '', contact: '' },
});

/** A stored case as its form shows it. */
export function caseFormOf(detail: CaseDetail): CaseForm {
  const { place, affected } = detail;
  return {
    serviceId: detail.serviceId,
    description: detail.description,
    place: {
      point: place?.point ?? null,
      address: place?.address ?? '',
      coloniaId: place?.coloniaId ?? '',
      reference: place?.reference ?? '',
      triage: place?.triage ?? false,
    },
    attachments: [],
    answers: {},
    onBehalf: affected !== null,
    affected: { name: affected?.name ?? '', contact: affected?.contact ?? '' },
  };
}

/** The place as the server takes it; null when nothing is known of it. */
export function placeOf({ point, address, coloniaId, reference }: FormPlace): Place | null {
  if (!point && !address.trim() && !coloniaId && !reference.trim()) return null;
  return {
    point,
    address: address.trim() || null,
    coloniaId: coloniaId || null,
    reference: reference.trim() || null,
  };
}

export function affectedOf({ onBehalf, affected }: CaseForm): CaseDetail['affected'] {
  if (!onBehalf || !affected.name.trim()) return null;
  return { name: affected.name.trim(), contact: affected.contact.trim() || null };
}

/** Where a case that is not opened yet is kept in this browser: one a contact, one without. */
export const caseDraftKey = (operatorId: string, ticketId: string) => `console:case:${operatorId}:${ticketId}`;
/** Where a note or an update that is not sent yet is kept. */
export const caseTextKey = (operatorId: string, caseId: string) => `console:case-text:${operatorId}:${caseId}`;
