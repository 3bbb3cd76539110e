import type { Evidence, KeptCall } from './evidence.ts';
import { type Finding, find } from './finding.ts';

/** Longer than any pause between two things that somebody is told, and shorter than anybody's patience. */
const MOST_SILENCE_MS = 20_000;

/** Callers are known, answered and let go; whoever took a call is free again; each call's times add up. */
export function judgeCalls({ callers, calls }: Evidence): Finding[] {
  const known = new Map(calls.map((call) => [call.providerCallId, call]));
  return [
    ...callers.flatMap(({ sid, spokenTo, longestSilenceMs }) => [
      ...(spokenTo && !known.has(sid) ? [find('lost', `${sid} was spoken to, and is not known`)] : []),
      ...(longestSilenceMs > MOST_SILENCE_MS
        ? [find('left_in_silence', `${sid} heard nothing for ${Math.round(longestSilenceMs / 1_000)} s`)]
        : []),
    ]),
    ...calls.flatMap((call) => [...judgeEnd(call), ...judgeTimes(call)]),
  ];
}

/** All of them have hung up by the end of a run. */
function judgeEnd({ providerCallId, endedAt, liveLegs, stage }: KeptCall): Finding[] {
  return [
    ...(endedAt === null || stage !== 'ended' ? [find('forgotten', `${providerCallId} is still in ${stage}`)] : []),
    ...liveLegs.map((leg) => find('ghost', `${leg} is still on ${providerCallId}`)),
  ];
}

function judgeTimes({ providerCallId, startedAt, endedAt, times }: KeptCall): Finding[] {
  if (endedAt === null) return [];
  if (!times) return [find('does_not_add_up', `${providerCallId} has no times`)];
  const { total, ...parts } = times;
  const sum = Object.values(parts).reduce((all, part) => all + part, 0);
  const isWhole = total === endedAt.getTime() - startedAt.getTime();
  const isFair = Object.values(parts).every((part) => part >= 0);
  return sum === total && isWhole && isFair
    ? []
    : [find('does_not_add_up', `${providerCallId}: ${JSON.stringify(times)}`)];
}
