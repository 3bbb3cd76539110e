import { disclaimerOpenings } from './languages/disclaimer-words.ts';
import { addedByDevice, closingPhrases, contactDetail, deviceNames } from './languages/signature-words.ts';
import { bare, isBlank, type Line } from './line.ts';

const thanks = /gracias|thank|merci|danke|obrigad|grazie|dank|tack\b|tak\b|takk|dzięk|спасиб|감사/iu;
/** Words of somebody who says something, «mi teléfono es…» among it: a block of contact details has none. */
const speaks =
  /[?¿!¡]|(?<!\p{L})(?:mi|mis|me|es|son|est[áa]|estoy|favor|puede|pueden|llam\p{L}*|espero|quedo|vivo|somos|soy|my|is|are|please|call|reach|can|will|hope|i['’]m|ist|bitte|est|sont|mon|meu|mio|sono)(?!\p{L})/iu;
const nameLike = /^[\p{Lu}\p{Lo}][\p{L}.'’-]*(?:[\s,]+[\p{L}.'’()-]+){0,7}$/u;
/** One below the other: a device's line, a disclaimer in two languages, a scanner's... */
const mostBlocks = 12;

/**
 * Marks signatures, what devices add, and legal notices, at the end of each stretch that the person wrote. Only what
 * looks like nothing else: a closing and a name, without an address or a telephone, stay.
 */
export function markSignatures(lines: Line[], senderName: string | null): void {
  for (const stretch of ownStretches(lines)) {
    const signed = stretch.filter(({ hint }) => hint === 'signature');
    if (signed.length <= 30) sign(signed);
    const rest = stretch.filter(({ role }) => role === 'own');
    sign(afterDelimiter(rest));
    for (let times = 0; times < mostBlocks; times++) {
      const found = trailing(
        rest.filter(({ role }) => role === 'own'),
        senderName,
      );
      if (found.length === 0) break;
      sign(found);
    }
  }
}

function sign(lines: Line[]): void {
  for (const line of lines) line.role = 'signature';
}

function ownStretches(lines: Line[]): Line[][] {
  const stretches: Line[][] = [];
  let open = false;
  for (const line of lines) {
    const own = line.role === 'own';
    if (own && open) stretches.at(-1)?.push(line);
    else if (own) stretches.push([line]);
    open = own;
  }
  return stretches;
}

/** From the usual separator (`-- `, RFC 3676) on. Without its space it may be a person's dash: then it must be short. */
function afterDelimiter(lines: Line[]): Line[] {
  const at = lines.findIndex(({ text }) => /^\s?(?:--|—|––|__)\s*$/.test(text));
  if (at < 0) return [];
  const after = lines.slice(at);
  const words = after.slice(1).filter((line) => !isBlank(line));
  const exact = /^--\s+$/.test(lines[at]?.text ?? '');
  const prose = words.some(({ text }) => text.length > 80 && /[.?!]\s*$/.test(text));
  const legal = words.some(({ text }) => opensDisclaimer(bare(text)));
  const fits = exact ? words.length <= 40 : words.length <= 15 && (!prose || legal);
  return fits ? after : [];
}

/** The last thing in these lines that is certainly no part of the message; to be asked again without it. */
function trailing(lines: Line[], senderName: string | null): Line[] {
  const last = lines.findLastIndex((line) => !isBlank(line));
  const line = lines[last];
  if (!line) return [];
  const words = bare(line.text).replace(/^[*_]+|[*_]+$/g, '');
  if (isFromDevice(words)) return lines.slice(last);
  if (isNameAlone(lines, last, words, senderName)) return lines.slice(last);
  const paragraph = lines.slice(0, last).findLastIndex(isBlank) + 1;
  const text = lines
    .slice(paragraph, last + 1)
    .map((other) => bare(other.text))
    .join(' ');
  if (opensDisclaimer(text)) return lines.slice(paragraph);
  if (isListFooter(lines.slice(paragraph, last + 1))) return lines.slice(paragraph);
  return contactBlock(lines, last);
}

function isFromDevice(words: string): boolean {
  return words.length <= 120 && deviceNames.test(words) && addedByDevice.some((pattern) => pattern.test(words));
}

function opensDisclaimer(text: string): boolean {
  const start = text.slice(0, 400);
  return disclaimerOpenings.some((pattern) => pattern.test(start));
}

/** «-Ana López» below an empty line, or a dash and the sender's own name. */
function isNameAlone(lines: Line[], at: number, words: string, senderName: string | null): boolean {
  const name = /^[-–—]\s?(\p{Lu}[\p{L}'’.]*(?:\s\p{Lu}[\p{L}'’.]*){0,3})$/u.exec(words)?.[1];
  if (!name) return false;
  const known = senderName?.toLowerCase().includes(name.toLowerCase()) ?? false;
  const before = lines[at - 1];
  return known || (name.includes(' ') && before !== undefined && isBlank(before));
}

/** Below a long rule, what a mailing list adds. */
function isListFooter(paragraph: Line[]): boolean {
  const [first, ...rest] = paragraph;
  if (!first || !/^_{20,}$/.test(bare(first.text)) || rest.length > 8) return false;
  return /mailing list|lista de correo|unsubscribe|darse de baja|listinfo/i.test(
    rest.map(({ text }) => text).join(' '),
  );
}

/** A closing with name, office and how to reach them: at most twelve short lines, one of them a contact detail. */
function contactBlock(lines: Line[], last: number): Line[] {
  const words = lines.map((line, at) => ({ line, at })).filter(({ line, at }) => at <= last && !isBlank(line));
  const candidates = words.slice(-13);
  const closing = candidates.findIndex(({ line }) => closingPhrases.has(closingOf(line)));
  const opening = candidates[closing];
  const below = candidates.slice(closing + 1).map(({ line }) => bare(line.text));
  if (!opening || below.length === 0) return [];
  const [name = ''] = below;
  const plain = below.every((text) => text.length <= 90 && text.split(/\s+/).length <= 14 && !speaks.test(text));
  if (!plain || !nameLike.test(name) || !below.some((text) => contactDetail.test(text))) return [];
  const polite = thanks.test(opening.line.text) ? opening.at + 1 : opening.at;
  return lines.slice(polite);
}

function closingOf({ text }: Line): string {
  return bare(text)
    .toLowerCase()
    .replace(/[\s,.:;!*_–—-]+$/g, '')
    .replace(/^[\s*_–—-]+/g, '');
}
