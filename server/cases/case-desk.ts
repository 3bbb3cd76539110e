import type { Clock } from '../clock.ts';
import type { Asker, CaseDesk } from '../contract/bot.ts';
import { caseSecretSchema, folioSchema } from '../contract/case.ts';
import { isCaseOpen } from '../contract/case-status.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import type { CaseParts } from './case-parts.ts';
import { lockCase } from './change-case.ts';
import { findDuplicates } from './find-duplicates.ts';
import { addFollower } from './follow-case.ts';
import { knownCase } from './known-case.ts';
import { locate } from './locate.ts';
import { findOpened, openCase } from './open-case.ts';
import { reopenByCitizen } from './reopen-case.ts';
import { type Holder, whoHolds } from './who-holds.ts';
import { createTries } from './wrong-tries.ts';

interface Deps {
  db: Db;
  unitOfWork: UnitOfWork;
  clock: Clock;
  cases: CaseParts;
}

const MOST_OF_THEIRS = 10;
const HOUR = 3_600;
const WRONG_TRIES = 10;

/**
 * What the bot may do with cases for the citizen it speaks with. A protected case is opened and then never spoken of
 * again: whoever reads along must not find it by asking.
 */
export function createCaseDesk({ db, unitOfWork, clock, cases }: Deps): CaseDesk {
  const { city, places, secrets } = cases;
  const wrong = createTries(clock, { most: WRONG_TRIES, seconds: HOUR });

  async function contactOf({ ticketId, conversationId }: Asker) {
    const ticket = await db
      .selectFrom('ticket')
      .select(['id', 'conversation_id', 'citizen_id', 'channel'])
      .where('id', '=', ticketId)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    if (!ticket) throw new AppError('not_found');
    return ticket;
  }

  /** As theirs by who they are: filed or followed by the same citizen. */
  async function theirs(citizenId: string, find: { id: string } | { folio: string }): Promise<Holder | null> {
    const row = await db
      .selectFrom('service_case as c')
      .selectAll('c')
      .where((where) => ('id' in find ? where('c.id', '=', find.id) : where('c.folio', '=', find.folio)))
      .where('c.protected', '=', false)
      .where((where) =>
        where.or([
          where('c.citizen_id', '=', citizenId),
          where.exists(
            where
              .selectFrom('case_follower as f')
              .select('f.case_id')
              .whereRef('f.case_id', '=', 'c.id')
              .where('f.citizen_id', '=', citizenId),
          ),
        ]),
      )
      .executeTakeFirst();
    return row ? { row, isReporter: row.citizen_id === citizenId, citizenId } : null;
  }

  return {
    findPlaces: (text) => places.find(text),
    whereIs: async (point) => places.whereIs(point),
    nearby: (serviceId, point) => findDuplicates(db, city, serviceId, point, clock.now()),

    async open(asker, key, draft, { triage }, locale) {
      const service = city.services.find(({ id }) => id === draft.serviceId);
      if (!service) throw new AppError('invalid_input', { serviceId: draft.serviceId });
      const contact = await contactOf(asker);
      const located = locate(cases, service, draft.place, triage);
      if (!located.ok) return located;
      const originKey = `${contact.id}:${key}`;
      const row = await unitOfWork(
        async (unit) =>
          (await findOpened(unit, originKey)) ??
          openCase(unit, city, {
            service,
            place: located.place,
            draft,
            actor: { type: 'bot', id: null, name: null },
            originKey,
            channel: contact.channel,
            citizenId: contact.citizen_id,
            conversationId: contact.conversation_id,
            ticketId: contact.id,
            operatorId: null,
          }),
      );
      return {
        ok: true,
        case: await knownCase(db, cases, { row, isReporter: true, citizenId: row.citizen_id }, locale),
      };
    },

    async follow(asker, caseId, locale) {
      const contact = await contactOf(asker);
      const row = await unitOfWork(async (unit) => {
        const found = await lockCase(unit, caseId);
        if (!found || found.protected || !isCaseOpen(found.status)) return null;
        const actor = { type: 'citizen' as const, id: contact.citizen_id, name: null };
        return addFollower(unit, found, contact.citizen_id, contact.id, actor);
      });
      if (!row) return null;
      const isReporter = row.citizen_id === contact.citizen_id;
      return knownCase(db, cases, { row, isReporter, citizenId: contact.citizen_id }, locale);
    },

    async find(asker, folio, secret, locale) {
      const asked = folioSchema.safeParse(folio);
      if (!asked.success) return null;
      const contact = await contactOf(asker);
      const own = await theirs(contact.citizen_id, { folio: asked.data });
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
      const { citizen_id: citizenId } = await contactOf(asker);
      const rows = await db
        .selectFrom('service_case as c')
        .selectAll('c')
        .where('c.protected', '=', false)
        .where('c.id', 'in', (where) =>
          where
            .selectFrom('service_case')
            .select('id')
            .where('citizen_id', '=', citizenId)
            .union(where.selectFrom('case_follower').select('case_id as id').where('citizen_id', '=', citizenId)),
        )
        .orderBy('c.opened_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(MOST_OF_THEIRS)
        .execute();
      return Promise.all(
        rows.map((row) => knownCase(db, cases, { row, isReporter: row.citizen_id === citizenId, citizenId }, locale)),
      );
    },

    async reopen(asker, caseId, words) {
      const contact = await contactOf(asker);
      const own = await theirs(contact.citizen_id, { id: caseId });
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
