import { isOffered, type Service } from '../cases/services.ts';
import type { City } from '../contract/city.ts';
import { Open311Error } from './open311-error.ts';
import type { Answer } from './to-xml.ts';

/** What may be read by anybody: neither protected services nor restricted ones. */
export const readableServices = (city: Pick<City, 'services'>): Service[] =>
  city.services.filter((service) => !service.protected && !service.restricted);

/** Those of them that can be reported. */
export const publicServices = (city: Pick<City, 'services'>): Service[] => readableServices(city).filter(isOffered);

/** @throws Open311Error 404, for a service that is not public as for one that is not there */
export function publicService(city: Pick<City, 'services'>, code: string): Service {
  const service = publicServices(city).find(({ id }) => id === code);
  if (!service) throw new Open311Error(404, 'service_code was not found.');
  return service;
}

export const presentService = (city: Pick<City, 'departments'>, service: Service): Answer => ({
  service_code: service.id,
  service_name: service.title,
  description: [service.description?.es, `${city.departments[service.department] ?? ''}: ${promiseOf(service)}`]
    .filter(Boolean)
    .join(' '),
  metadata: service.questions.length > 0,
  type: 'realtime',
  keywords: '',
  group: city.departments[service.department] ?? '',
});

const promiseOf = ({ expected }: Service): string => `${expected} ${expected === 1 ? 'día hábil' : 'días hábiles'}`;
