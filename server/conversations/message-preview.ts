import type { MediaPart, Part } from '../contract/message.ts';

const LENGTH = 140;

/** What is said in it; else its name, or a sign of its kind. */
function fileLine({ name, mimeType, look, transcript }: MediaPart): string {
  if (transcript || look === 'voice') return `🎤 ${transcript ?? ''}`;
  if (name !== '') return `📎 ${name}`;
  return { image: '📷', video: '🎬', audio: '🎤' }[mimeType.split('/')[0] ?? ''] ?? '📎';
}

/** One line for the inbox: the words, or a sign for what has none. Null for what only the system says. */
export function preview(parts: readonly Part[]): string | null {
  const line = parts
    .map((part) => {
      switch (part.type) {
        case 'text':
          return part.text;
        case 'choice':
          return part.title;
        case 'media':
          return fileLine(part);
        case 'location':
          return `📍 ${part.label ?? ''}`;
        case 'contact':
          return `👤 ${part.name}`;
        case 'referral':
          return parts.length === 1 ? `📣 ${part.headline}` : '';
        case 'template':
          return part.text;
        case 'unsupported':
          return '⚠';
        default:
          return '';
      }
    })
    .filter(Boolean)
    .join(' · ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!line) return null;
  // A character of two halves may lie across the end; PostgreSQL refuses half of one.
  return line.length > LENGTH ? `${line.slice(0, LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
