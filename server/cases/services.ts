import type { City } from '../contract/city.ts';
import type { Locale } from '../contract/errors.ts';

export type Service = City['services'][number];

const PRIORITIES = { urgent: 0, high: 1, normal: 2 } as const;

/** How urgent a report of this service is: 0 urgent, 1 high, 2 normal. */
export const priorityOf = (service: Pick<Service, 'priority'>): 0 | 1 | 2 => PRIORITIES[service.priority];

/** Whether it can be reported; cases of one that no longer can go on. */
export const isOffered = ({ active }: Pick<Service, 'active'>): boolean => active;

/** What a service is called; by its id when the catalogue has it no more. */
export function serviceTitle(city: Pick<City, 'services' | 'english'>, id: string, locale: Locale): string {
  const english = locale === 'en' ? city.english[id] : undefined;
  return english ?? city.services.find((service) => service.id === id)?.title ?? id;
}
