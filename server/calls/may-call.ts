import { AppError } from '../contract/errors.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { mayCallBack } from './caller/caller-script.ts';

/**
 * Whoever called from that number was asked whether they may be called there, and the last answer counts, in whichever
 * contact it is: being called could do harm.
 * @throws AppError `unsafe_number`
 */
export async function mustMayCall({ tx }: Pick<Unit, 'tx'>, conversationId: string, number: string): Promise<void> {
  const calls = await tx
    .selectFrom('call')
    .select('script')
    .where('conversation_id', '=', conversationId)
    .where('from_address', '=', number)
    .orderBy('started_at', 'desc')
    .execute();
  const answer = calls.map(mayCallBack).find((told) => told !== null);
  if (answer === false) throw new AppError('unsafe_number');
}
