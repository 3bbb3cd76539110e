import type { City } from '../../contract/city.ts';
import type { ServiceContent } from '../../contract/content.ts';

type Service = City['services'][number];

/** What of a service can be edited, as the city has it. */
export function contentOfService(city: Pick<City, 'english'>, service: Service): ServiceContent {
  const { title, department, expected, location, priority, questions, active, description } = service;
  return {
    title: { es: title, en: city.english[service.id] ?? title },
    description: description ?? { es: '', en: '' },
    departmentId: department,
    expected,
    location,
    priority,
    questions,
    active,
  };
}

/** The catalogue with edited services in the places of their own, new ones after them. */
export function servicesFrom(
  base: City,
  edited: ReadonlyMap<string, ServiceContent>,
): Pick<City, 'services' | 'english'> {
  const written = new Set(base.services.map(({ id }) => id));
  const added = [...edited].filter(([id]) => !written.has(id)).map(([id, content]) => fresh(id, content));
  const changed = base.services.map((service) => {
    const content = edited.get(service.id);
    return content ? withContent(service, content) : service;
  });
  const titles = [...edited].map(([id, { title }]) => [id, title.en]);
  return { services: [...changed, ...added], english: { ...base.english, ...Object.fromEntries(titles) } };
}

function withContent(service: Service, { title, departmentId, description, ...content }: ServiceContent): Service {
  const { description: _, ...rest } = service;
  const said = description.es || description.en ? { description } : {};
  return { ...rest, ...content, ...said, title: title.es, department: departmentId };
}

const METRES_NEARBY = 60;

/** One that was made in the console: anybody may report it, and anybody may read of it. */
function fresh(id: string, content: ServiceContent): Service {
  const plain = { restricted: false, protected: false, nearby: METRES_NEARBY };
  return withContent(
    {
      id,
      ...plain,
      title: '',
      department: '',
      expected: 1,
      location: 'none',
      priority: 'normal',
      questions: [],
      active: true,
    },
    content,
  );
}
