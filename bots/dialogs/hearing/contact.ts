/** How somebody can be reached, as they wrote it. `phone` in E.164. */
export interface Contact {
  name?: string;
  phone?: string;
  email?: string;
}

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const PHONE = /(?<![\p{L}\d-])\+?\d(?:[\s().-]*\d){9,12}(?!\d)/u;
/** The digits of a folio: a year, and a number that begins with noughts. */
const FOLIO = /^20[2-9]\d00/;
/** What leads up to a number or an address. */
const LABEL =
  /(?:[,;]?\s*(?:\b(?:y|and)\b\s*)?(?:\b(?:mi|my|al|el|es|is|n[uú]mero|number|de|tel[eé]fono|tel|cel|celular|whatsapp|whats|phone|correo|email|e-mail|mail|electr[oó]nico)\b[\s:.]*)+)$/iu;

const NAME = "[\\p{L}'.]+(?:\\s+[\\p{L}'.]+){0,4}";
const INTRODUCED = new RegExp(`(?:[,;]?\\s*\\b(?:y )?(?:me llamo|mi nombre es|my name is))\\s+(${NAME})`, 'iu');
const SELF = new RegExp(`(?:[,;]?\\s*\\b(?:y )?soy)\\s+(${NAME})`, 'iu');
/** In English a name is told from «I am tired» by its capitals. */
const SELF_ENGLISH = /(?:[,;]?\s*\b(?:[Ii] am|[Ii]'m|[Tt]his is))\s+(\p{Lu}[\p{L}'.]+(?:\s+\p{Lu}[\p{L}'.]+){1,3})/u;

/** Words that end a name: «soy Ana Ruiz y mi tel es…». */
const afterName =
  words(`y mi my con el la que and tel telefono cel celular correo vivo quiero reporto hay tengo en desde
  email phone porque para por a su es gracias numero whatsapp`);
/** What people are rather than how they are called: «soy vecina de la colonia». */
const noName =
  words(`vecino vecina vecinos de del el la los las un una muy quien yo nuevo nueva mayor dueno duena inquilino
  inquilina jubilado jubilada pensionado pensionada estudiante comerciante ciudadano ciudadana habitante residente
  originario originaria persona mama madre papa padre hijo hija nosotros adulto adulta mujer hombre maestro maestra
  discapacitado si sip no ok okay claro gracias hola bueno buenas buenos listo yes thanks sure embarazada soltera soltero viuda viudo usuario usuaria trabajador trabajadora otro otra the a an not
  so very reporting calling writing`);
const particles = words('de del la las los y');

/** The contact somebody gives in passing, and the text without it. */
export function findContact(text: string): { contact: Contact; rest: string } {
  const email = EMAIL.exec(text);
  const withoutEmail = email ? cut(text, email) : text;
  const phone = PHONE.exec(withoutEmail);
  const national = phone ? nationalNumber(phone[0]) : null;
  const withoutPhone = phone && national ? cut(withoutEmail, phone) : withoutEmail;
  const { name, rest } = findName(withoutPhone);
  return {
    contact: { ...(name && { name }), ...(national && { phone: `+52${national}` }), ...(email && { email: email[0] }) },
    rest: rest.replace(/\s+/g, ' ').replace(/^[\s,;.]+|[\s,;]+$/g, ''),
  };
}

/** The answer to «how can we reach you?»: what is left beside number and address may be a bare name. */
export function readContact(text: string): Contact {
  const { contact, rest } = findContact(text);
  if (contact.name) return contact;
  const bare = rest.replace(LABEL, '').replace(/^(?:mi nombre|my name|nombre|name|a nombre de)[\s:]*/iu, '');
  const parts = bare.split(/\s+/).filter(Boolean);
  const isName = parts.length > 0 && parts.length <= 6 && parts.every((part) => /^[\p{L}'.]{2,}$|^y$/u.test(part));
  return isName && !noName.has(plain(parts[0])) ? { ...contact, name: titled(parts) } : contact;
}

function findName(text: string): { name: string | null; rest: string } {
  for (const pattern of [INTRODUCED, SELF, SELF_ENGLISH]) {
    const found = pattern.exec(text);
    const parts = found?.[1]?.split(/\s+/) ?? [];
    const end = parts.findIndex((part, i) => afterName.has(plain(part)) && plain(parts[i - 1]) !== 'de');
    const name = end === -1 ? parts : parts.slice(0, end);
    if (!found || name.length === 0 || noName.has(plain(name[0]))) continue;
    if (pattern === SELF && name.length === 1 && !/^\p{Lu}/u.test(name[0] ?? '')) continue;
    const length = found[0].length - (found[1]?.length ?? 0) + name.join(' ').length;
    return { name: titled(name), rest: `${text.slice(0, found.index)} ${text.slice(found.index + length)}` };
  }
  return { name: null, rest: text };
}

/** Ten digits, whatever stands before them. */
function nationalNumber(written: string): string | null {
  const digits = written.replace(/\D/g, '').replace(/^521?(?=\d{10}$)/, '');
  return /^[2-9]\d{9}$/.test(digits) && !FOLIO.test(digits) ? digits : null;
}

function cut(text: string, found: RegExpExecArray): string {
  return `${text.slice(0, found.index).replace(LABEL, '')} ${text.slice(found.index + found[0].length)}`;
}

function titled(parts: readonly string[]): string {
  return parts
    .map((part, i) => {
      const lower = part.toLowerCase();
      return i > 0 && particles.has(lower) ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
    })
    .join(' ')
    .replace(/\.$/, '');
}

function plain(word = ''): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '');
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
