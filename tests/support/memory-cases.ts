import { randomUUID } from 'node:crypto';
import { promiseFor } from '../../server/cases/promise.ts';
import type { Asker, CaseDesk, KnownCase } from '../../server/contract/bot.ts';
import type { CaseDraft } from '../../server/contract/case.ts';
import { type CaseStatus, isCaseOpen } from '../../server/contract/case-status.ts';
import type { City } from '../../server/contract/city.ts';
import type { Point } from '../../server/contract/place.ts';
import { createPlaces } from '../../server/places/create-places.ts';

/** A case of the desk, with what the bot gave for it. */
export interface MemoryCase {
  known: KnownCase;
  draft: CaseDraft;
  key: string;
  protected: boolean;
  triage: boolean;
  /** Conversations of who filed it and who follow it, in that order. */
  people: string[];
}

/** A city's cases in memory, with its real places: for conversations that need no server. */
export interface MemoryCases extends CaseDesk {
  readonly all: readonly MemoryCase[];
  /** What a department does to a case. */
  change(folio: string, status: CaseStatus, text?: string): void;
}

const STREET_METRES = 120;

export function memoryCases(city: City, now: () => Date): MemoryCases {
  const places = createPlaces(city);
  const all: MemoryCase[] = [];
  const theirs = ({ people }: MemoryCase, { conversationId }: Asker) => people.includes(conversationId);
  const secretOf = (index: number, person: number) => `K7QX-${String(index + 1).padStart(2, '0')}${person}P`;
  const knownTo = (one: MemoryCase, conversationId: string): KnownCase => ({
    ...one.known,
    secret: secretOf(all.indexOf(one), Math.max(0, one.people.indexOf(conversationId))),
  });

  return {
    all,
    findPlaces: places.find,
    whereIs: async (point) => places.whereIs(point),
    async nearby(serviceId, point) {
      return all
        .filter(({ draft, known }) => draft.serviceId === serviceId && isCaseOpen(known.status))
        .filter((one) => !one.protected && one.draft.place?.point)
        .map(({ known, draft, people }) => ({
          id: known.id,
          folio: known.folio,
          serviceId,
          service: known.title,
          status: known.status,
          where: known.where ?? '',
          metres: Math.round(metresBetween(point, draft.place?.point ?? point)),
          openedAt: known.openedAt,
          followers: people.length - 1,
        }))
        .filter(({ metres }) => metres <= STREET_METRES)
        .sort((a, b) => a.metres - b.metres);
    },
    async open(asker, key, draft, { triage }, locale) {
      const again = all.find((one) => one.key === `${asker.ticketId}:${key}`);
      if (again) return { ok: true, case: knownTo(again, asker.conversationId) };
      const service = city.services.find(({ id }) => id === draft.serviceId);
      if (!service) throw new Error(`There is no service «${draft.serviceId}»`);
      const point = draft.place?.point;
      if (point && !places.whereIs(point).inside && !triage) return { ok: false, problem: 'outside_city' };
      if (service.location === 'required' && !draft.place) return { ok: false, problem: 'place_required' };
      const folio = `${city.folioPrefix}-${now().getUTCFullYear()}-${String(all.length + 1).padStart(6, '0')}`;
      const colonia = draft.place?.coloniaId ? places.coloniaName(draft.place.coloniaId) : null;
      const one: MemoryCase = {
        key: `${asker.ticketId}:${key}`,
        draft,
        protected: service.protected,
        triage,
        people: [asker.conversationId],
        known: {
          id: randomUUID(),
          folio,
          serviceId: service.id,
          title: locale === 'en' ? (city.english[service.id] ?? service.title) : service.title,
          status: 'received',
          promisedFor: promiseFor(now(), service.expected, city),
          workingDays: service.expected,
          openedAt: now().toISOString(),
          closedAt: null,
          owner: null,
          reason: null,
          where: [draft.place?.address, colonia].filter(Boolean).join(', ') || null,
          lastUpdate: null,
          secret: '',
          link: `https://veracruz.example.org/folio#${folio}`,
        },
      };
      all.push(one);
      return { ok: true, case: knownTo(one, asker.conversationId) };
    },
    async follow(asker, caseId) {
      const one = all.find(({ known }) => known.id === caseId);
      if (!one || one.protected) return null;
      if (!theirs(one, asker)) one.people.push(asker.conversationId);
      return knownTo(one, asker.conversationId);
    },
    async find(asker, folio, secret) {
      const one = all.find(({ known }) => known.folio === folio);
      if (!one || one.protected) return null;
      const key = secret && `${secret.slice(0, 4)}-${secret.slice(4)}`;
      const opens = one.people.some((_, person) => secretOf(all.indexOf(one), person) === key);
      return theirs(one, asker) || opens ? knownTo(one, asker.conversationId) : null;
    },
    async mine(asker) {
      const found = all.filter((one) => theirs(one, asker) && !one.protected);
      return found.reverse().map((one) => knownTo(one, asker.conversationId));
    },
    async reopen(asker, caseId) {
      const one = all.find(({ known }) => known.id === caseId);
      if (!one || !theirs(one, asker) || isCaseOpen(one.known.status)) return false;
      one.known = { ...one.known, status: 'reopened', closedAt: null };
      return true;
    },
    change(folio, status, text) {
      const one = all.find(({ known }) => known.folio === folio);
      if (!one) throw new Error(`There is no folio ${folio}`);
      const at = now().toISOString();
      one.known = {
        ...one.known,
        status,
        closedAt: isCaseOpen(status) ? null : at,
        ...(text && { lastUpdate: { at, text } }),
      };
    },
  };
}

function metresBetween(a: Point, b: Point): number {
  const north = (a.latitude - b.latitude) * 111_320;
  const east = (a.longitude - b.longitude) * 111_320 * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}
