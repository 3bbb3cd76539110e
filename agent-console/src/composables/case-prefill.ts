import type { CallView } from '../../../server/contract/call.ts';
import type { ConsoleCity, TicketSummary } from '../../../server/contract/http.ts';
import type { MediaPart, Message, Part } from '../../../server/contract/message.ts';
import { plainText } from './plain-text.ts';

/** Fewer words than these are a greeting or an answer, not what happened. */
const LEAST_WORDS = 4;
/** Asking for a person says nothing of what happened either. */
const FOR_A_PERSON = /^(?=.*\b(?:persona|humano|asesora?|agente|operadora?|alguien)\b)\P{N}{1,60}$/iu;
const TO_TALK = /\b(?:hablar|comunicarme|comunicame|pasame|atienda|platicar)\b/i;
const MOST_CHARACTERS = 1_500;

type Service = ConsoleCity['services'][number];
type LocationPart = Extract<Part, { type: 'location' }>;

function said(messages: readonly Message[], ticketId: string): Part[] {
  return messages
    .filter((message) => message.ticketId === ticketId && message.direction === 'in')
    .flatMap((message) => message.parts);
}

/** What the citizen wrote in this contact, greetings apart; newest kept when there is too much. */
export function citizensWords(messages: readonly Message[], ticketId: string): string {
  return said(messages, ticketId)
    .flatMap((part) => (part.type === 'text' ? [part.text.trim()] : []))
    .filter((text) => text.split(/\s+/).length >= LEAST_WORDS)
    .filter((text) => !(FOR_A_PERSON.test(text) && TO_TALK.test(plainText(text))))
    .join('\n')
    .slice(-MOST_CHARACTERS)
    .trim();
}

/** What they left on the voicemail, as a machine heard it. */
export function toldByCalls(calls: readonly CallView[]): string {
  return calls
    .flatMap(({ recordings }) => recordings)
    .flatMap(({ kind, transcript }) => (kind === 'voicemail' && transcript ? [transcript.trim()] : []))
    .join('\n')
    .slice(-MOST_CHARACTERS);
}

/** Pictures the citizen sent in this contact. */
export function citizensPhotos(messages: readonly Message[], ticketId: string): MediaPart[] {
  return said(messages, ticketId).filter(
    (part): part is MediaPart => part.type === 'media' && part.mimeType.startsWith('image/'),
  );
}

/** The last place the citizen sent in this contact. */
export function citizensLocation(messages: readonly Message[], ticketId: string): LocationPart | null {
  return said(messages, ticketId).findLast((part): part is LocationPart => part.type === 'location') ?? null;
}

/** What the bot has understood so far: a quick answer that was picked, a service named in the summary; null when neither. */
export function understoodService(
  services: readonly Service[],
  ticket: TicketSummary,
  messages: readonly Message[],
): string | null {
  const picked = said(messages, ticket.id).findLast(
    (part) => part.type === 'choice' && services.some((service) => part.id.split(':').includes(service.id)),
  );
  if (picked?.type === 'choice') {
    return services.find((service) => picked.id.split(':').includes(service.id))?.id ?? null;
  }
  const summary = plainText(ticket.summary ?? '');
  return services.find((service) => summary.includes(plainText(service.title)))?.id ?? null;
}
