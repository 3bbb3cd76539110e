/** The words of reports. Free of schemas, so that a browser can load them alone. */

/**
 * What a contact came to; each has exactly one. bot: the bot still has it · contained: it ended with the bot ·
 * left_bot: hung up on the bot without a word · waiting: in a queue, nobody has answered yet · answered: by a person ·
 * abandoned: left a queue without a person · short_abandoned: the same, sooner than anybody can answer · dismissed: taken
 * out of the queue by the city without an answer, as spam is · merged: became part of another contact, which counts ·
 * outbound: begun by a call of the city
 */
export const contactOutcomes = [
  'bot',
  'contained',
  'left_bot',
  'waiting',
  'answered',
  'abandoned',
  'short_abandoned',
  'dismissed',
  'merged',
  'outbound',
] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

/** What is counted of contacts, each by the moment it began. Every one adds up, whatever it is parted by. */
export const contactMeasures = [
  'contacts',
  'outbound',
  'withBot',
  'contained',
  'leftBot',
  'inBot',
  'queued',
  'answered',
  'takenFromBot',
  'waiting',
  'abandoned',
  'shortAbandoned',
  'dismissed',
  'merged',
  'inTime',
  'abandonedLate',
  'waitingLate',
  'waitedSeconds',
  'handled',
  'activeSeconds',
  'holdSeconds',
  'wrapSeconds',
  'transferred',
  'rated',
  'satisfied',
  'resolvable',
  'resolved',
  'botTurns',
  'botMissed',
] as const;
/** Of people, from when they were there and when they had a contact in their hands. */
export const peopleMeasures = ['staffedSeconds', 'busySeconds'] as const;
/** Of cases, from their stories. */
export const caseMeasures = ['promised', 'promisesKept', 'openCases', 'openCaseDays'] as const;
export const measures = [...contactMeasures, ...peopleMeasures, ...caseMeasures] as const;
export type Measure = (typeof measures)[number];
/** Missing is what cannot be parted so; 0 is none. */
export type Measured = Partial<Record<Measure, number>>;

export const reportGroupings = [
  'none',
  'hour',
  'day',
  'queue',
  'channel',
  'operator',
  'topic',
  'colonia',
  'department',
] as const;
export type ReportGrouping = (typeof reportGroupings)[number];

/** What a report can be narrowed to one of. */
export const reportFilters = ['queue', 'channel', 'operator', 'topic', 'colonia'] as const;
export type ReportFilterName = (typeof reportFilters)[number];
