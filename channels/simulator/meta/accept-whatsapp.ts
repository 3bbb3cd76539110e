import type { Mishap } from '../delivery/trouble.ts';
import type { ProviderParts } from '../provider.ts';
import type { Content, Failure, SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import type { World } from '../world/world.ts';
import { fetchFile } from './fetch-file.ts';
import { fillTemplate } from './fill-template.ts';
import { GraphError, whatsAppFailures } from './graph-error.ts';
import { type WhatsAppMedia, whatsAppMedia } from './media-kinds.ts';
import type { MetaAccount } from './meta-account.ts';
import type { WhatsAppBody, WhatsAppRequest } from './read-whatsapp-request.ts';

const WINDOW_MS = 24 * 3_600_000;

/** Takes a WhatsApp message that may leave, and sets it on its way. @throws GraphError */
export function acceptWhatsApp(
  { world, journey, reach }: ProviderParts,
  account: MetaAccount,
  request: WhatsAppRequest,
  mishap: Mishap | null,
): { message: SimulatedMessage; person: Person } {
  if (mishap === 'too_many_requests') throw new GraphError('tooMany');
  if (mishap === 'provider_down') throw new GraphError('down');
  const { body } = request;
  const known = recipientOf(world, request);
  const person = known ?? world.addPerson({ name: request.to ?? request.recipient ?? '', phone: request.to ?? null });
  const words = body.type === 'template' ? fillTemplate(world.templates, body.value) : '';

  const message = world.addMessage({
    id: `wamid.${Buffer.from(world.identifiers.fresh()).toString('base64').slice(0, 44)}`,
    accountId: account.id,
    personId: person.id,
    from: 'city',
    content: body.type === 'template' ? [{ type: 'template', name: body.value.name, text: words }] : contentOf(body),
    at: world.now(),
    status: 'queued',
    failure: null,
    repliesTo: request.context?.message_id ?? null,
    reaction: null,
    edited: false,
    deleted: false,
    statusCallback: null,
  });
  void withFile().then((failure) => journey.begin(message, failure ?? fateOf()));
  return { message, person };

  async function withFile(): Promise<Failure | null> {
    if (!isFile(body)) return null;
    const file = await fetchFile(world, body.value, reach);
    const carried = whatsAppMedia[body.type];
    if (!file || !carried.types.test(file.mimeType) || file.bytes.length > carried.bytes) return whatsAppFailures.media;
    message.content = [
      {
        type: 'media',
        kind: body.type === 'audio' && body.value.voice ? 'voice' : body.type,
        fileId: file.id,
        mimeType: file.mimeType,
        name: (body.type === 'document' ? body.value.filename : undefined) ?? file.name,
        caption: ('caption' in body.value ? body.value.caption : undefined) ?? '',
      },
    ];
    return null;
  }

  function fateOf(): Failure | null {
    if (mishap === 'window_closed') return whatsAppFailures.windowClosed;
    if (mishap === 'opted_out') return whatsAppFailures.optedOut;
    if (mishap || !known) return whatsAppFailures.undeliverable;
    if (body.type === 'template') return null;
    const last = world.lastWord(account.id, person.id);
    const isOpen = last !== null && world.now().getTime() - last.getTime() < WINDOW_MS;
    return isOpen ? null : whatsAppFailures.windowClosed;
  }
}

/** With both, the number counts. */
function recipientOf(world: World, { to, recipient }: WhatsAppRequest): Person | undefined {
  if (to !== undefined) {
    if (!/^\+?[\d\s()-]{7,25}$/.test(to)) throw new GraphError('wrongValue', 'to');
    return world.personByPhone(to);
  }
  return [...world.people.values()].find(({ bsuid }) => bsuid === recipient);
}

type FileBody = Extract<WhatsAppBody, { type: WhatsAppMedia }>;

function isFile(body: WhatsAppBody): body is FileBody {
  return Object.hasOwn(whatsAppMedia, body.type);
}

/** What stands in the bubble, files apart. */
function contentOf(body: WhatsAppBody): Content[] {
  if (body.type === 'text') return [{ type: 'text', text: body.value.body }];
  if (body.type === 'location') {
    const { latitude, longitude, name, address } = body.value;
    return [{ type: 'location', latitude, longitude, label: name ?? address ?? '' }];
  }
  if (body.type === 'contacts') {
    return body.value.map(({ name, phones, emails }) => ({
      type: 'contact' as const,
      name: name.formatted_name,
      phones: phones?.flatMap(({ phone }) => phone ?? []) ?? [],
      emails: emails?.flatMap(({ email }) => email ?? []) ?? [],
    }));
  }
  return body.type === 'interactive' ? [interactive(body.value)] : [];
}

function interactive(value: Extract<WhatsAppBody, { type: 'interactive' }>['value']): Content {
  const { text } = value.body;
  if (value.type === 'button')
    return { type: 'buttons', text, options: value.action.buttons.map(({ reply }) => reply) };
  if (value.type === 'list') {
    const { button, sections } = value.action;
    return { type: 'list', text, open: button, options: sections.flatMap(({ rows }) => rows) };
  }
  if (value.type === 'cta_url') return { type: 'text', text: `${text}\n${value.action.parameters.url}` };
  return { type: 'buttons', text, options: [{ id: 'send_location', title: '📍' }] };
}
