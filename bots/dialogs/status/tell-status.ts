import type { KnownCase } from '../../../server/contract/bot.ts';
import { isCaseOpen } from '../../../server/contract/case-status.ts';
import type { Part } from '../../../server/contract/message.ts';
import { daysUntil, spokenDay } from '../report/dates.ts';
import { folioPart } from '../report/file-report.ts';
import { phrase, type Scene } from '../scene.ts';

type Teller = Pick<Scene, 'desk' | 'locale' | 'channel' | 'now'>;

/** How a case stands, in a few lines and as a card. */
export function tellStatus(scene: Teller, known: KnownCase): Part[] {
  const { folio, title, where, status, owner, reason, lastUpdate } = known;
  const lines = [
    phrase(scene, where ? 'status.line_where' : 'status.line', {
      folio,
      title,
      where: where ?? '',
      status: phrase(scene, `status.${status}`),
    }),
    ...(isCaseOpen(status) ? [promise(scene, known)] : []),
    ...(status === 'not_ours' && owner ? [phrase(scene, 'status.owner', { owner })] : []),
    ...(status === 'rejected' && reason ? [phrase(scene, 'status.reason', { reason })] : []),
    ...(lastUpdate
      ? [phrase(scene, 'status.update', { day: spokenDay(lastUpdate.at, scene.locale), text: lastUpdate.text })]
      : []),
  ];
  return [
    { type: 'text', text: lines.join('\n') },
    { ...folioPart(known), secret: null },
  ];
}

function promise({ now, ...scene }: Teller, { promisedFor }: KnownCase): string {
  const days = daysUntil(promisedFor, now);
  const key =
    days < 0
      ? 'status.promise_late'
      : days === 0
        ? 'status.promise_today'
        : days === 1
          ? 'status.promise_tomorrow'
          : 'status.promise_days';
  return phrase(scene, key, { day: spokenDay(promisedFor, scene.locale), days: String(days) });
}
