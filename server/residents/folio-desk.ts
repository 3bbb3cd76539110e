import { publicCase } from '../cases/public-case.ts';
import { reopenByCitizen } from '../cases/reopen-case.ts';
import { type Holder, whoHolds } from '../cases/who-holds.ts';
import { createTries } from '../cases/wrong-tries.ts';
import type { AppContext } from '../context.ts';
import type { PublicCase } from '../contract/case.ts';
import { AppError } from '../contract/errors.ts';

/** Of an office behind one address. */
const CALLS = { most: 60, seconds: 60 };
const WRONG_OF_ADDRESS = { most: 30, seconds: 3_600 };
const WRONG_OF_FOLIO = { most: 10, seconds: 3_600 };

interface Key {
  folio: string;
  secret: string;
}

/** Cases for whoever has a folio and its secret, signed in or not. Known folios and unknown ones are answered alike. */
export interface FolioDesk {
  /** @param address who asks, for the limits. @throws AppError `rate_limited`, `case_not_found` */
  read(address: string, key: Key): Promise<PublicCase>;
  /** «Not solved», in their words. @throws AppError as `read` */
  reopen(address: string, key: Key, text: string): Promise<PublicCase>;
}

export function createFolioDesk({ database, unitOfWork, city, clock, cases }: AppContext): FolioDesk {
  const { db } = database;
  const calls = createTries(clock, CALLS);
  const wrongOfAddress = createTries(clock, WRONG_OF_ADDRESS);
  const wrongOfFolio = createTries(clock, WRONG_OF_FOLIO);

  /** Known folios and unknown ones are limited alike, so that a limit tells nothing either. */
  async function holderOf(address: string, { folio, secret }: Key): Promise<Holder> {
    const seconds = Math.max(calls.wait(address), wrongOfAddress.wait(address), wrongOfFolio.wait(folio));
    if (seconds > 0) throw new AppError('rate_limited', { seconds });
    calls.count(address);
    const holder = await whoHolds(db, cases.secrets, folio, secret);
    if (holder) return holder;
    wrongOfAddress.count(address);
    wrongOfFolio.count(folio);
    throw new AppError('case_not_found');
  }

  return {
    read: async (address, key) => publicCase(db, city, await holderOf(address, key)),
    async reopen(address, key, text) {
      const holder = await holderOf(address, key);
      const row = await unitOfWork((unit) => reopenByCitizen(unit, cases, holder.row.id, holder.citizenId, text));
      return publicCase(db, city, { ...holder, row });
    },
  };
}
