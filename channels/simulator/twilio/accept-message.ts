import type { Mishap } from '../delivery/trouble.ts';
import type { ProviderParts } from '../provider.ts';
import type { Content, Failure, SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import { between } from '../world/world.ts';
import type { MessageRequest } from './check-message.ts';
import { fetchMedia } from './fetch-media.ts';
import { TwilioError, twilioFailures } from './twilio-error.ts';

const WINDOW_MS = 24 * 3_600_000;

/** Takes a message that may leave, and sets it on its way. @throws TwilioError 20429, 20500, 21610 */
export function acceptMessage(
  { world, journey, reach }: ProviderParts,
  request: MessageRequest,
  mishap: Mishap | null,
): SimulatedMessage {
  const { account, channel, to } = request;
  refuseBy(mishap);
  const known = world.personByPhone(to) ?? [...world.people.values()].find(({ bsuid }) => bsuid === to);
  // Any number can get a short message; not every number is on WhatsApp.
  const person = known ?? world.addPerson({ name: to, phone: to.startsWith('+') ? to : null });
  if (channel === 'sms' && world.shut.has(between(account.id, person.id))) throw new TwilioError(21610);

  const message = world.addMessage({
    id: `${request.mediaUrls.length > 0 ? 'MM' : 'SM'}${world.identifiers.fresh()}`,
    accountId: account.id,
    personId: person.id,
    from: 'city',
    content: wordsOf(request),
    at: world.now(),
    status: 'queued',
    failure: null,
    repliesTo: null,
    reaction: null,
    edited: false,
    deleted: false,
    statusCallback: request.statusCallback,
  });
  void withMedia().then((failure) => journey.begin(message, failure ?? fateOf()));
  return message;

  async function withMedia(): Promise<Failure | null> {
    for (const url of request.mediaUrls) {
      const fetched = await fetchMedia(world, url, reach);
      if ('failure' in fetched) return fetched.failure;
      message.content.unshift(fetched.content);
    }
    return null;
  }

  function fateOf(): Failure | null {
    if (mishap === 'window_closed' && channel === 'whatsapp') return twilioFailures.windowClosed;
    if (mishap) return channel === 'sms' ? twilioFailures.unreachable : twilioFailures.noWhatsApp;
    if (channel === 'sms') return null;
    if (!known) return twilioFailures.noWhatsApp;
    return request.isTemplate || isOpen(person) ? null : twilioFailures.windowClosed;
  }

  function isOpen({ id }: Person): boolean {
    const last = world.lastWord(account.id, id);
    return last !== null && world.now().getTime() - last.getTime() < WINDOW_MS;
  }
}

function refuseBy(mishap: Mishap | null): void {
  if (mishap === 'too_many_requests') throw new TwilioError(20429);
  if (mishap === 'provider_down') throw new TwilioError(20500);
  if (mishap === 'opted_out') throw new TwilioError(21610);
}

function wordsOf({ text, place, isTemplate, templateName }: MessageRequest): Content[] {
  if (isTemplate) return [{ type: 'template', name: templateName, text }];
  return [
    ...(place ? [{ type: 'location' as const, ...place }] : []),
    // With a place, the body is its name.
    ...(text && text !== place?.label ? [{ type: 'text' as const, text }] : []),
  ];
}
