import type { Message } from '../../server/contract/message.ts';

/** What a message says, in one line, for a test to look for. */
export function words({ parts }: Pick<Message, 'parts'>): string {
  return parts
    .map((part) => {
      switch (part.type) {
        case 'text':
          return part.text;
        case 'choice':
          return part.title;
        case 'choices':
          return part.options.map(({ title }) => `[${title}]`).join(' ');
        case 'notice':
          return `(${part.key})`;
        case 'media':
          return `<${part.name}>`;
        default:
          return `<${part.type}>`;
      }
    })
    .join(' ');
}
