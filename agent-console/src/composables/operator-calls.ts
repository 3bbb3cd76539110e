import type { CallView } from '../../../server/contract/call.ts';
import { isLive, isOn } from './call-legs.ts';

export type OnThePhone =
  | { doing: 'talking'; call: CallView; since: string }
  /** After a call. */
  | { doing: 'finishing'; call: CallView; since: string };

/** What somebody of the city does on the telephone, and since when; null: nothing that these calls know of. */
export function onThePhone(operatorId: string, calls: readonly CallView[]): OnThePhone | null {
  for (const call of calls) {
    const leg = call.legs.findLast((each) => each.operatorId === operatorId && each.role !== 'supervisor');
    if (!leg) continue;
    if (isLive(call) && isOn(leg)) return { doing: 'talking', call, since: leg.joinedAt ?? call.startedAt };
    const finishing = leg.role === 'operator' && call.endedAt !== null && call.wrapUpUntil !== null;
    if (finishing && call.endedAt) return { doing: 'finishing', call, since: call.endedAt };
  }
  return null;
}
