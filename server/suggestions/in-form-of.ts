import type { ChannelName } from '../contract/channel.ts';

/** Three texts of a telephone, in the alphabet that Spanish usually leaves no room in: more is torn apart on the way. */
const LONGEST_SMS = 3 * 153;

/**
 * An answer as it is written on a channel: a letter by mail, a few texts by SMS, as it stands everywhere else.
 * @param letter what stands around an answer by mail, `{text}` in its place
 */
export function inFormOf(channel: ChannelName, text: string, letter: (text: string) => string): string {
  if (channel === 'email') return letter(text);
  return channel === 'sms' ? asMuchAsFits(text) : text;
}

/** Whole paragraphs, and of a list whole items: nothing ends in the middle of a condition. The first always stays. */
function asMuchAsFits(text: string): string {
  const lines = text.split('\n');
  let end = lines.findIndex((line, index) => index > 0 && line.trim() === '');
  if (end < 0) return text;
  let length = lines.slice(0, end).join('\n').length;
  for (const [index, line] of lines.entries()) {
    if (index < end) continue;
    length += line.length + 1;
    if (length > LONGEST_SMS) break;
    end = index + 1;
  }
  return lines.slice(0, end).join('\n').trimEnd();
}
