import type { Clock } from '../clock.ts';
import type { CaseDesk } from '../contract/bot.ts';
import { caseSecretSchema, folioSchema } from '../contract/case.ts';
import { isCaseOpen } from '../contract/case-status.ts';
import { AppError } from '../contract/errors.ts';
import { citizenOf } from '../conversations/lock-contact.ts';
import type { Db } from '../database/database.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { contactOf, theirCase, theirCases } from './askers-cases.ts';
import type { CaseParts } from './case-parts.ts';
import { lockCase } from './change-case.ts';
import { expectFiles, sortFiles } from './files-on-their-way.ts';
import { findDuplicates } from './find-duplicates.ts';
import { addFollower } from './follow-case.ts';
import { knownCase } from './known-case.ts';
import { locate } from './locate.ts';
import { findOpened, openCase } from './open-case.ts';
import { reopenByCitizen } from './reopen-case.ts';
import { keepAnswers } from './take-answers.ts';
import { whoHolds } from './who-holds.ts';
import { createTries } from './wrong-tries.ts';

interface Deps {
  db: Db;
  unitOfWork: UnitOfWork;
  clock: Clock;
  cases: CaseParts;
}

const HOUR = 3_600;
const WRONG_TRIES = 10;

/**
 * What the bot may do with cases for the citizen it speaks with. A protected case is opened and then never spoken of
 * again: whoever reads along must not find it by asking.
 */
export function createCaseDesk({ db, unitOfWork, clock, cases }: Deps): CaseDesk {
  const { city, places, secrets } = cases;
  const wrong = createTries(clock, { most: WRONG_TRIES, seconds: HOUR });

  return {
    findPlaces: (text) => places.find(text),
    whereIs: async (point) => places.whereIs(point),
    nearby: (serviceId, point) => findDuplicates(db, city, serviceId, point, clock.now()),

    async open(asker, key, draft, { triage }, locale) {
      const service = city.services.find(({ id }) => id === draft.serviceId);
      if (!service) throw new AppError('invalid_input', { serviceId: draft.serviceId });
      const contact = await contactOf(db, asker);
      const located = locate(cases, service, draft.place, triage);
      if (!located.ok) return located;
      const originKey = `${contact.id}:${key}`;
      const row = await unitOfWork(async (unit) => {
        const opened = await findOpened(unit, originKey);
        if (opened) return opened;
        const { here, onTheirWay } = await sortFiles(unit, contact.conversation_id, draft.attachmentIds);
        const fresh = await openCase(unit, city, {
          service,
          place: located.place,
          draft: { ...draft, attachmentIds: here },
          answers: keepAnswers(service, draft.answers),
          actor: { type: 'bot', id: null, name: null },
          originKey,
          channel: contact.channel,
          citizenId: await citizenOf(unit.tx, contact.id),
          conversationId: contact.conversation_id,
          ticketId: contact.id,
          operatorId: null,
        });
        await expectFiles(unit, fresh.id, onTheirWay);
        return fresh;
      });
      return {
        ok: true,
        case: await knownCase(db, cases, { row, isReporter: true, citizenId: row.citizen_id }, locale),
      };
    },

    async follow(asker, caseId, locale) {
      const contact = await contactOf(db, asker);
      const row = await unitOfWork(async (unit) => {
        const found = await lockCase(unit, caseId);
        if (!found || found.protected || !isCaseOpen(found.status)) return null;
        const citizenId = await citizenOf(unit.tx, contact.id);
        return addFollower(unit, found, citizenId, contact.id, { type: 'citizen', id: citizenId, name: null });
      });
      if (!row) return null;
      const isReporter = row.citizen_id === contact.citizen_id;
      return knownCase(db, cases, { row, isReporter, citizenId: contact.citizen_id }, locale);
    },

    async find(asker, folio, secret, locale) {
      const asked = folioSchema.safeParse(folio);
      if (!asked.success) return null;
      const contact = await contactOf(db, asker);
      const own = await theirCase(db, contact.citizen_id, { folio: asked.data });
      if (own) return knownCase(db, cases, own, locale);
      if (secret === null) return null;
      const keys = [`asker:${contact.citizen_id}`, `folio:${asked.data}`];
      if (keys.some((key) => wrong.wait(key) > 0)) return null;
      const given = caseSecretSchema.safeParse(secret);
      const holder = given.success ? await whoHolds(db, secrets, asked.data, given.data) : null;
      if (holder) return knownCase(db, cases, holder, locale);
      for (const key of keys) wrong.count(key);
      return null;
    },

    async mine(asker, locale) {
      const { citizen_id: citizenId } = await contactOf(db, asker);
      const held = await theirCases(db, citizenId);
      return Promise.all(held.map((holder) => knownCase(db, cases, holder, locale)));
    },

    async reopen(asker, caseId, words) {
      const contact = await contactOf(db, asker);
      const own = await theirCase(db, contact.citizen_id, { id: caseId });
      if (!own || isCaseOpen(own.row.status)) return false;
      try {
        await unitOfWork((unit) => reopenByCitizen(unit, cases, caseId, contact.citizen_id, words));
        return true;
      } catch (error) {
        // Somebody was quicker: it is open again.
        if (error instanceof AppError && error.code === 'wrong_case_step') return false;
        throw error;
      }
    },
  };
}
