import { DateTime } from 'luxon';
import type { RawPresence } from './raw-day.ts';
import type { InHands } from './reckon-contact.ts';

/** In milliseconds since 1970. */
interface Span {
  from: number;
  to: number;
}

/** How long somebody was there, and had a contact in their hands, within one half hour of the city's day. */
export interface HalfHour {
  operatorId: string;
  slot: DateTime;
  staffedSeconds: number;
  busySeconds: number;
}

const SLOT_MS = 30 * 60_000;

/** Every half hour by itself, to the whole second: what is summed of these adds up. */
export function reckonPeople(
  presences: readonly RawPresence[],
  hands: readonly InHands[],
  { from, until, timeZone }: { from: Date; until: Date; timeZone: string },
): HalfHour[] {
  const handsOf = Map.groupBy(hands, ({ operatorId }) => operatorId);
  const halves: HalfHour[] = [];
  for (const [operatorId, lines] of Map.groupBy(presences, (line) => line.operatorId)) {
    const there = united(
      lines.flatMap(({ status, at }, index) => {
        const span = { from: at.getTime(), to: lines[index + 1]?.at.getTime() ?? until.getTime() };
        return status === 'available' ? within(span, from, until) : [];
      }),
    );
    const busy = united(
      (handsOf.get(operatorId) ?? []).flatMap((one) =>
        within({ from: one.from * 1_000, to: one.to === null ? until.getTime() : one.to * 1_000 }, from, until),
      ),
    );
    for (let slot = from.getTime(); slot < until.getTime(); slot += SLOT_MS) {
      const half = { from: slot, to: slot + SLOT_MS };
      const staffed = overlap(there, [half]);
      if (staffed === 0) continue;
      halves.push({
        operatorId,
        slot: DateTime.fromMillis(slot, { zone: timeZone }),
        staffedSeconds: Math.round(staffed / 1_000),
        busySeconds: Math.round(overlapOfThree(there, busy, half) / 1_000),
      });
    }
  }
  return halves;
}

function within({ from, to }: Span, first: Date, last: Date): Span[] {
  const span = { from: Math.max(from, first.getTime()), to: Math.min(to, last.getTime()) };
  return span.from < span.to ? [span] : [];
}

/** What is in several spans counts once. */
function united(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else whole.push({ ...span });
  }
  return whole;
}

function common(some: readonly Span[], others: readonly Span[]): Span[] {
  return some.flatMap((one) =>
    others.flatMap((other) => {
      const span = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
      return span.from < span.to ? [span] : [];
    }),
  );
}

const overlap = (some: readonly Span[], others: readonly Span[]): number =>
  common(some, others).reduce((sum, { from, to }) => sum + to - from, 0);

const overlapOfThree = (there: readonly Span[], busy: readonly Span[], half: Span): number =>
  overlap(common(there, [half]), busy);
