import type { Activity } from 'botbuilder';
import type { Message } from '../../server/contract/message.ts';

/** A message as an activity: its texts in one, its quick answers as buttons that say their own title. */
export function activityOf({ parts }: Message): Partial<Activity> {
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  const options = parts.flatMap((part) => (part.type === 'choices' ? part.options : []));
  return {
    type: 'message',
    text,
    textFormat: 'plain',
    inputHint: options.length > 0 ? 'expectingInput' : 'acceptingInput',
    ...(options.length > 0 && {
      suggestedActions: { to: [], actions: options.map(({ title }) => ({ type: 'imBack', title, value: title })) },
    }),
  };
}
