import type { Report, Usual } from './find-surges.ts';
import type { Zone } from './zones.ts';

/** Reports an hour, all over the city, believed of a topic that nobody has told of yet. */
const NEW_TOPIC_AN_HOUR = 0.25;
/** So that no place is ever taken to be without people. */
const LEAST_AN_HOUR = 0.01;

type Counted = Pick<Report, 'topicId' | 'coloniaId'>;

/**
 * What is usual, from the same hours of other weeks. What is believed of a topic in a place, before it was ever told of
 * there, is the topic's rate in the whole city by the share of all reports that come from that place.
 * @param hours how many hours `history` covers
 */
export function usualFrom(history: readonly Counted[], hours: number, colonias: number): Usual {
  const ofTopic = new Map<string, number>();
  const ofPlace = new Map<string, number>();
  const ofBoth = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { topicId, coloniaId } of history) {
    count(ofTopic, topicId);
    if (coloniaId === null) continue;
    count(ofPlace, coloniaId);
    count(ofBoth, `${topicId} ${coloniaId}`);
  }
  const placed = [...ofPlace.values()].reduce((sum, each) => sum + each, 0);
  const shareOf = (zone: Zone) =>
    zone.coloniaIds.reduce((sum, id) => sum + ((ofPlace.get(id) ?? 0) + 1) / (placed + Math.max(colonias, 1)), 0);
  const inCity = (topicId: string) => ((ofTopic.get(topicId) ?? 0) + 1) / (hours + 1 / NEW_TOPIC_AN_HOUR);
  return {
    hours,
    seen: (topicId, zone) =>
      zone.coloniaIds.length === 0
        ? (ofTopic.get(topicId) ?? 0)
        : zone.coloniaIds.reduce((sum, id) => sum + (ofBoth.get(`${topicId} ${id}`) ?? 0), 0),
    believed: (topicId, zone) =>
      zone.coloniaIds.length === 0
        ? NEW_TOPIC_AN_HOUR
        : Math.max(LEAST_AN_HOUR, inCity(topicId) * Math.min(1, shareOf(zone))),
  };
}
