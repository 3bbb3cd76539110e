import { forwardedMessage, originalMessage, replyAbove } from './languages/divider-words.ts';
import { alternatives, bare, type Line } from './line.ts';

const original = new RegExp(
  `^[\\s*_=]*[-–—_]{2,}[\\s*]*${alternatives(originalMessage)}[\\s*:]*[-–—_]{2,}[\\s*_=]*$`,
  'iu',
);
const originalAlone = new RegExp(`^[*_\\s]*${alternatives(originalMessage)}[*_\\s]*[:：]?[*_\\s]*$`, 'iu');
const forward = new RegExp(
  `^[\\s*_=>]*(?:[-–—_]{2,}[\\s*]*${alternatives(forwardedMessage)}.{0,120}[-–—_]{2,}|${alternatives(forwardedMessage)}.{0,80}[:：])[\\s*_=]*$`,
  'iu',
);
const above = new RegExp(alternatives(replyAbove), 'iu');

/** «-----Mensaje original-----»; without dashes it takes a block of headers to make it one. */
export function isOriginalDivider({ text }: Line, followedByHeaders: boolean): boolean {
  const words = short(text);
  return original.test(words) || (followedByHeaders && originalAlone.test(words));
}

/** «---------- Forwarded message ---------», «Inicio del mensaje reenviado:». */
export function isForwardDivider({ text }: Line): boolean {
  return forward.test(short(text));
}

/** «Responde por encima de esta línea». */
export function asksToReplyAbove({ text }: Line): boolean {
  return above.test(short(text));
}

/** A line drawn across the page. */
export function isRule({ text }: Line): boolean {
  return /^[-_=*~–—─]{3,}$/.test(bare(text).replace(/\s/g, ''));
}

/** Dividers are short; anything longer is somebody's text. */
function short(text: string): string {
  return text.length > 250 ? '' : bare(text);
}
