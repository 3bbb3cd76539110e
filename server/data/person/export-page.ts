import { DateTime } from 'luxon';
import { z } from 'zod';
import { partSchema } from '../../contract/message.ts';
import { columnWords } from './column-words.ts';

export interface PersonData {
  city: string;
  contactName: string;
  timeZone: string;
  madeAt: string;
  sections: { table: string; title: string; rows: Record<string, unknown>[] }[];
  files: { id: string; name: string; path: string; size: number }[];
}

const safe = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

const STYLE = `
  body { font: 16px/1.55 system-ui, sans-serif; color: #1c2430; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem }
  h1 { font-size: 1.6rem; margin-bottom: .25rem } h2 { font-size: 1.15rem; margin-top: 2.25rem; border-bottom: 1px solid #d5dbe3; padding-bottom: .3rem }
  .said { margin: .6rem 0; padding: .5rem .8rem; border-radius: .6rem; background: #eef2f7; max-width: 42rem; white-space: pre-wrap }
  .city { background: #e3efe9; margin-left: 3rem } .said small { display: block; color: #566072 }
  dl { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .1rem 1rem; margin: .8rem 0; padding: .6rem .9rem; border: 1px solid #d5dbe3; border-radius: .6rem }
  dt { color: #566072 } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap } a { color: #0b5cad }`;

/** What is held about a person, to be read without any program but a browser. */
export function exportPage(data: PersonData): string {
  const when = (at: string) =>
    DateTime.fromISO(at, { zone: data.timeZone }).setLocale('es-MX').toFormat("d 'de' LLLL 'de' yyyy, HH:mm");
  const files = new Map(data.files.map((file) => [file.id, file]));
  const sections = data.sections.map(({ table, title, rows }) => {
    const body =
      table === 'message' ? rows.map((row) => message(row, files, when)) : rows.map((row) => entry(row, when));
    return `<section><h2>${safe(title)} (${rows.length})</h2>\n${body.join('\n')}</section>`;
  });
  const list = data.files.map(({ path, name }) => `<li><a href="${encodeURI(path)}">${safe(name)}</a></li>`);
  return `<!doctype html>
<html lang="es-MX"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tus datos en ${safe(data.contactName)}</title><style>${STYLE}</style></head><body>
<h1>Tus datos en ${safe(data.contactName)}</h1>
<p>Esto es todo lo que ${safe(data.contactName)} guarda sobre ti al ${safe(when(data.madeAt))}. El archivo
<a href="datos.json">datos.json</a> dice lo mismo en una forma que otros programas pueden leer.</p>
<p>Si algo está mal puedes pedir que se corrija. Puedes pedir también que se borre, u oponerte a que se use.</p>
${sections.join('\n')}
<section><h2>Archivos (${data.files.length})</h2><ul>${list.join('\n')}</ul></section>
</body></html>
`;
}

type When = (at: string) => string;
type Files = ReadonlyMap<string, PersonData['files'][number]>;

function message(row: Record<string, unknown>, files: Files, when: When): string {
  const parts = z.array(partSchema).safeParse(row.parts);
  const words = parts.success ? parts.data.map((part) => partWords(part, files)).join('<br>') : '';
  const who = row.direction === 'in' ? 'Tú' : String(row.author_name ?? 'La ciudad');
  const side = row.direction === 'in' ? '' : ' city';
  return `<div class="said${side}"><small>${safe(who)}, ${safe(when(String(row.created_at)))}</small>${words}</div>`;
}

function partWords(part: z.output<typeof partSchema>, files: Files): string {
  switch (part.type) {
    case 'text':
    case 'template':
      return safe(part.text);
    case 'choice':
      return safe(part.title);
    case 'choices':
      return safe(part.options.map(({ title }) => `[${title}]`).join(' '));
    case 'media': {
      const file = files.get(part.attachmentId);
      const name = safe(part.name || 'archivo');
      const said = part.transcript ? `<br>«${safe(part.transcript)}»` : '';
      return (file ? `<a href="${encodeURI(file.path)}">${name}</a>` : name) + said;
    }
    case 'location':
      return safe(`${part.label ?? 'Lugar'}: ${part.latitude}, ${part.longitude}`);
    case 'contact':
      return safe([part.name, ...part.phones, ...part.emails].join(', '));
    case 'email':
      return `<b>${safe(part.subject)}</b>`;
    case 'folio':
      return safe(`${part.folio}: ${part.title}`);
    case 'referral':
      return safe(`${part.headline} ${part.url}`);
    default:
      return `<i>${safe(part.type)}</i>`;
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** Fields that have a name people know; what else there is stands in the JSON. */
function entry(row: Record<string, unknown>, when: When): string {
  const lines = Object.entries(row).flatMap(([name, value]) => {
    const label = columnWords[name];
    if (!label || value === null || value === '') return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const shown = typeof value === 'string' && INSTANT.test(value) ? when(value) : text;
    return [`<dt>${safe(label)}</dt><dd>${safe(shown)}</dd>`];
  });
  return lines.length > 0 ? `<dl>${lines.join('')}</dl>` : '';
}
