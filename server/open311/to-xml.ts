/** What Open311 answers with: values, lists, and objects of them. */
export type Answer = string | number | boolean | null | Answer[] | { [key: string]: Answer };

/** What a list's entries are called, by the list's name. */
const ENTRIES: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  errors: 'error',
  attributes: 'attribute',
  values: 'value',
  endpoints: 'endpoint',
  formats: 'format',
};

/** An answer as GeoReport's XML: an element a field, null as an empty one. */
export function toXml(root: string, answer: Answer): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, answer)}`;
}

function element(name: string, value: Answer): string {
  if (value === null || value === '') return `<${name}/>`;
  if (Array.isArray(value)) {
    const entry = ENTRIES[name] ?? 'value';
    return `<${name}>${value.map((one) => element(entry, one)).join('')}</${name}>`;
  }
  if (typeof value === 'object') {
    const fields = Object.entries(value).map(([key, field]) => element(key, field));
    return `<${name}>${fields.join('')}</${name}>`;
  }
  return `<${name}>${escaped(String(value))}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** Characters that XML 1.0 cannot carry, however they are written (section 2.2). */
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(IMPOSSIBLE, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
