import { publicCase } from '../../cases/public-case.ts';
import { reopenByCitizen } from '../../cases/reopen-case.ts';
import { type Holder, whoHolds } from '../../cases/who-holds.ts';
import { createTries } from '../../cases/wrong-tries.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import type { Register } from '../register.ts';

/** Of an office behind one address. */
const CALLS = { most: 60, seconds: 60 };
const WRONG_OF_ADDRESS = { most: 30, seconds: 3_600 };
const WRONG_OF_FOLIO = { most: 10, seconds: 3_600 };

/** The folio's page: for whoever has a folio and its secret, signed in or not. */
export function folioRoutes(register: Register, { database, unitOfWork, city, clock, cases }: AppContext): void {
  const { db } = database;
  const calls = createTries(clock, CALLS);
  const wrongOfAddress = createTries(clock, WRONG_OF_ADDRESS);
  const wrongOfFolio = createTries(clock, WRONG_OF_FOLIO);

  /**
   * Known folios and unknown ones are limited alike, so that a limit tells nothing either.
   * @throws AppError `rate_limited`, `case_not_found`
   */
  async function holderOf(address: string, { folio, secret }: { folio: string; secret: string }): Promise<Holder> {
    const seconds = Math.max(calls.wait(address), wrongOfAddress.wait(address), wrongOfFolio.wait(folio));
    if (seconds > 0) throw new AppError('rate_limited', { seconds });
    calls.count(address);
    const holder = await whoHolds(db, cases.secrets, folio, secret);
    if (holder) return holder;
    wrongOfAddress.count(address);
    wrongOfFolio.count(folio);
    throw new AppError('case_not_found');
  }

  register(api.readFolio, async ({ body, request, reply }) => {
    reply.header('cache-control', 'no-store');
    return publicCase(db, city, await holderOf(request.ip, body));
  });

  register(api.reopenFolio, async ({ body, request, reply }) => {
    reply.header('cache-control', 'no-store');
    const holder = await holderOf(request.ip, body);
    const row = await unitOfWork((unit) => reopenByCitizen(unit, cases, holder.row.id, holder.citizenId, body.text));
    return publicCase(db, city, { ...holder, row });
  });
}
