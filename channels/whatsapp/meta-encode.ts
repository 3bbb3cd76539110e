import type { OutboundMessage } from '../../server/contract/channel.ts';
import type { MediaPart, Part, TemplatePart } from '../../server/contract/message.ts';
import type { Template } from '../../server/contract/messaging.ts';
import { interactiveOf } from './meta-choices.ts';
import { isBusinessScoped } from './meta-identity.ts';

type Of<Type extends Part['type']> = Extract<Part, { type: Type }>;

/** The first part of a type in a piece, which holds one thing. */
export function partOf<Type extends Part['type']>(parts: readonly Part[], type: Type): Of<Type> | undefined {
  return parts.find((part): part is Of<Type> => part.type === type);
}

/** The envelope of every message. People without a number are written to by their id. */
export function addressed(to: string, content: object): object {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(isBusinessScoped(to) ? { recipient: to } : { to }),
    ...content,
  };
}

/** Words, with the choices under them. */
export function wordsContent(parts: readonly Part[], locale: OutboundMessage['locale']): object {
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  const options = parts.flatMap((part) => (part.type === 'choices' ? part.options : []));
  if (options.length === 0) return textContent(text);
  return { type: 'interactive', interactive: interactiveOf(text, options, locale) };
}

function textContent(body: string): object {
  return { type: 'text', text: { body, preview_url: /https?:\/\//i.test(body) } };
}

export function locationContent({ latitude, longitude, label }: Of<'location'>): object {
  return { type: 'location', location: { latitude, longitude, ...(label ? { name: label } : {}) } };
}

/** WhatsApp takes words under images, videos and documents only. */
export function fileContent(kind: string, mediaId: string, { name }: MediaPart, parts: readonly Part[]): object {
  const caption = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  const extras = {
    ...(caption && ['image', 'video', 'document'].includes(kind) ? { caption } : {}),
    ...(kind === 'document' ? { filename: name } : {}),
  };
  return { type: kind, [kind]: { id: mediaId, ...extras } };
}

export function templateContent({ name, language }: Template, { variables }: TemplatePart): object {
  // Meta refuses line breaks, tabs and runs of spaces in a variable.
  const parameters = variables.map((text) => ({ type: 'text', text: text.replace(/\s+/g, ' ').trim() }));
  const components = parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {};
  return { type: 'template', template: { name, language: { code: language }, ...components } };
}
