import { addSeconds } from '../../clock.ts';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';

/** Far more than anybody calls, far less than it takes to make money with a stolen session. */
const MOST = { minute: 6, hour: 60 };

/** @throws AppError `rate_limited` for who has called too often of late */
export async function mustNotHurry({ tx, now }: Unit, actor: Actor): Promise<void> {
  const since = (seconds: number) =>
    tx
      .selectFrom('call_leg as l')
      .innerJoin('call as k', 'k.id', 'l.call_id')
      .select((column) => column.fn.countAll<number>().as('count'))
      .where('l.operator_id', '=', actor.id)
      .where('k.direction', '=', 'out')
      .where('l.created_at', '>', addSeconds(now, -seconds))
      .executeTakeFirstOrThrow();
  if ((await since(60)).count >= MOST.minute) throw new AppError('rate_limited', { seconds: 60 });
  if ((await since(3_600)).count >= MOST.hour) throw new AppError('rate_limited', { seconds: 600 });
}
