import type { City } from '../contract/city.ts';
import type { Service } from './services.ts';

/**
 * Who takes care of a report: the department of its service, or of the service in that colonia. Where the place has to
 * be looked at first, whoever looks; but for protected reports, which go to nobody else.
 */
export function departmentOf(
  city: Pick<City, 'areas' | 'triageDepartment'>,
  service: Service,
  place: { coloniaId: string | null; triage: boolean } | null,
): string {
  if (service.protected) return service.department;
  if (place?.triage) return city.triageDepartment ?? service.department;
  const area = city.areas.find(
    ({ services, colonias }) =>
      services.includes(service.id) && place?.coloniaId != null && colonias.includes(place.coloniaId),
  );
  return area?.department ?? service.department;
}
