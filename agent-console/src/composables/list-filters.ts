import type { LocationQuery } from 'vue-router';
import type { Locale } from '../../../server/contract/errors.ts';
import type { TicketFilters } from '../../../server/contract/inbox.ts';
import type { InboxView } from './ticket-order.ts';

/** What a list of contacts is narrowed by, words and view apart: named as the API and the page's address name it. */
export const filterNames = [
  'channel',
  'queueId',
  'operatorId',
  'disposition',
  'priority',
  'rating',
  'language',
  'hasCase',
  'unread',
  'from',
  'to',
] as const;
export type FilterName = (typeof filterNames)[number];
type Flag = 'true' | 'false';
/** Values as they stand in an address; several of one filter with commas between them. */
export type ListFilters = Partial<Record<Exclude<FilterName, 'language' | 'hasCase' | 'unread'>, string>> & {
  language?: Locale;
  hasCase?: Flag;
  unread?: Flag;
};

/** Filters of which only these values mean anything. */
const known: Partial<Record<FilterName, readonly string[]>> = {
  language: ['es', 'en'],
  hasCase: ['true', 'false'],
  unread: ['true', 'false'],
};

/** In an address: the list is of promises to look again, not of contacts. */
export const FOLLOW_UPS = 'follow-ups';

export const views: readonly InboxView[] = ['mine', 'waiting', 'snoozed', 'closed', 'all'];

const textOf = (query: LocationQuery, name: string) => {
  const value = query[name];
  return typeof value === 'string' ? value : '';
};

export const viewOf = (query: LocationQuery): InboxView => views.find((each) => each === query.view) ?? 'mine';
export const wordsOf = (query: LocationQuery): string => textOf(query, 'q').slice(0, 200);
export const filtersOf = (query: LocationQuery): ListFilters =>
  Object.fromEntries(
    filterNames
      .map((name) => [name, textOf(query, name)] as const)
      .filter(([name, value]) => value !== '' && (known[name]?.includes(value) ?? true)),
  );
export const narrowing = (filters: ListFilters): number => Object.keys(filters).length;

/** The address of a list. */
export const listQuery = (view: InboxView, q: string, filters: ListFilters): Record<string, string> => ({
  view,
  ...(q ? { q } : {}),
  ...filters,
});

/** As a saved view keeps it. */
export function savedFilters(view: InboxView, q: string, filters: ListFilters): TicketFilters {
  const { priority, rating, language, hasCase, unread, from, to, ...lists } = filters;
  const numbers = (text: string) => text.split(',').map(Number);
  return {
    view,
    ...(q ? { q } : {}),
    ...(Object.fromEntries(Object.entries(lists).map(([name, text]) => [name, text.split(',')])) as object),
    ...(priority ? { priority: numbers(priority) } : {}),
    ...(rating ? { rating: numbers(rating) } : {}),
    ...(language ? { language } : {}),
    ...(hasCase ? { hasCase: hasCase === 'true' } : {}),
    ...(unread ? { unread: unread === 'true' } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

/** The address of a saved view. */
export const queryOfSaved = ({ view, ...filters }: TicketFilters): Record<string, string> => ({
  view,
  ...Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)])),
});
