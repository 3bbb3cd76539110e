import type { City } from '../../contract/city.ts';
import type { DepartmentContent } from '../../contract/content.ts';

type Departments = Pick<City, 'departments' | 'departmentAddresses' | 'departmentFacts'>;

/** What of a department can be edited, as the city has it. */
export function contentOfDepartment(city: Departments, id: string): DepartmentContent {
  const { contact, phone, place, hours, active } = city.departmentFacts[id] ?? {
    contact: null,
    phone: null,
    place: null,
    hours: null,
    active: true,
  };
  return {
    title: city.departments[id] ?? id,
    email: city.departmentAddresses[id] ?? null,
    contact,
    phone,
    place,
    hours,
    active,
  };
}

/** The departments with edited ones in the places of their own. One that is gone keeps its name, for cases of old. */
export function departmentsFrom(base: City, edited: ReadonlyMap<string, DepartmentContent>): Departments {
  const ids = [...new Set([...Object.keys(base.departments), ...edited.keys()])];
  const all = ids.map((id) => [id, edited.get(id) ?? contentOfDepartment(base, id)] as const);
  return {
    departments: Object.fromEntries(all.map(([id, { title }]) => [id, title])),
    // Nothing is forwarded to one that is gone.
    departmentAddresses: Object.fromEntries(
      all.flatMap(([id, { email, active }]) => (email && active ? [[id, email]] : [])),
    ),
    departmentFacts: Object.fromEntries(all.map(([id, { title: _, email: __, ...facts }]) => [id, facts])),
  };
}
