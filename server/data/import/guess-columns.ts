import { folded } from '../../cases/search-text.ts';
import type { ImportMapping } from '../../contract/data-import.ts';
import { type ImportField, type ImportKind, importFields } from '../../contract/data-words.ts';

/** How columns are called, plain; the first that fits takes the column. */
const NAMES: Record<ImportKind, readonly (readonly [ImportField, RegExp])[]> = {
  citizens: [
    ['curp', /\bcurp\b/],
    ['email', /correo|e-?mail/],
    ['phone', /tel|celular|movil|whatsapp|phone/],
    ['name', /nombre|ciudadan|solicitante|persona|name/],
    ['about', /nota|observ|comentario|notes/],
    ['locale', /idioma|lengua|language/],
    ['externalId', /^(id|clave|folio|numero|no\.?|expediente)\b|\bid$/],
  ],
  cases: [
    ['citizenPhone', /tel|celular|movil|whatsapp|phone/],
    ['citizenEmail', /correo|e-?mail/],
    ['citizenExternalId', /(id|clave|numero) (de |del )?(la )?(ciudadan|persona|solicitante)/],
    ['citizenName', /nombre|ciudadan|solicitante|quien reporta|reportante/],
    ['closedAt', /(fecha|dia).*(cierre|cerrad|soluci|termin|conclu)|cerrado el|closed/],
    ['openedAt', /fecha|alta|recib|abiert|opened|date/],
    ['latitude', /^lat/],
    ['longitude', /^(lon|lng)/],
    ['colonia', /colonia|barrio|fraccionamiento|localidad/],
    ['reference', /referencia|entre calles|senas/],
    ['address', /direcci|domicilio|calle|ubicaci|lugar|address/],
    ['status', /estado|estatus|status|situaci/],
    ['department', /dependencia|area|direccion general|departamento|department/],
    ['service', /servicio|tipo|tramite|categoria|tema|asunto|service/],
    ['description', /descripci|reporte|detalle|peticion|solicitud|problema|description/],
    ['externalId', /folio|^(id|clave|numero|no\.?|expediente)\b|\bid$/],
  ],
};

/** What each column of a file probably is, by its heading; each field once. */
export function guessColumns(kind: ImportKind, headings: readonly string[]): ImportMapping {
  const taken = new Set<ImportField>();
  return headings.map((heading) => {
    const plain = folded(heading).replace(/[_.]+/g, ' ').trim();
    const exact = importFields[kind].find((field) => field.toLowerCase() === plain.replace(/ /g, ''));
    const field = [exact, ...NAMES[kind].filter(([, form]) => form.test(plain)).map(([name]) => name)].find(
      (name) => name && !taken.has(name),
    );
    if (!field) return null;
    taken.add(field);
    return field;
  });
}
