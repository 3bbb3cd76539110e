import type { Mishap } from '../delivery/trouble.ts';
import type { ProviderParts } from '../provider.ts';
import { kindOfFile } from '../world/file-kinds.ts';
import type { Content, SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import { between, type World } from '../world/world.ts';
import { fetchFile } from './fetch-file.ts';
import { GraphError } from './graph-error.ts';
import type { MetaAccount } from './meta-account.ts';
import type { PageRequest } from './page-request.ts';

const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 24;
/** With the tag HUMAN_AGENT. */
const HUMAN_WINDOW_HOURS = 7 * 24;

/** The person of an id that only this page or profile knows. */
export function personByScopedId(world: World, account: MetaAccount, id: string): Person | undefined {
  const field = account.channel === 'instagram' ? 'igsid' : 'psid';
  return [...world.people.values()].find((person) => person[field] === id);
}

/** Takes a message of Messenger or Instagram; unlike WhatsApp's, it is refused at once. @throws GraphError */
export async function acceptPageMessage(
  { world, journey, reach }: ProviderParts,
  account: MetaAccount,
  request: PageRequest,
  mishap: Mishap | null,
): Promise<SimulatedMessage> {
  refuseBy(mishap);
  const person = personByScopedId(world, account, request.recipient.id);
  if (!person) throw new GraphError('noSuchPerson');
  if (world.shut.has(between(account.id, person.id))) throw new GraphError('unavailable');
  const hours = request.tag === 'HUMAN_AGENT' ? HUMAN_WINDOW_HOURS : WINDOW_HOURS;
  const last = world.lastWord(account.id, person.id);
  if (!last || world.now().getTime() - last.getTime() > hours * HOUR_MS) throw new GraphError('outsideWindow');

  const message = world.addMessage({
    id: `m_${world.identifiers.fresh()}${world.identifiers.fresh()}`,
    accountId: account.id,
    personId: person.id,
    from: 'city',
    content: await contentOf(world, request, reach),
    at: world.now(),
    status: 'queued',
    failure: null,
    repliesTo: request.reply_to?.mid ?? null,
    reaction: null,
    edited: false,
    deleted: false,
    statusCallback: null,
  });
  journey.begin(message);
  return message;
}

function refuseBy(mishap: Mishap | null): void {
  if (mishap === 'too_many_requests') throw new GraphError('pageTooMany');
  if (mishap === 'provider_down') throw new GraphError('down');
  if (mishap === 'window_closed') throw new GraphError('outsideWindow');
  if (mishap) throw new GraphError('unavailable');
}

async function contentOf(world: World, { message }: PageRequest, reach: (url: string) => string): Promise<Content[]> {
  const text = message?.text ?? '';
  const options = message?.quick_replies?.map(({ payload, title }) => ({ id: payload, title })) ?? [];
  if (options.length > 0) return [{ type: 'buttons', text, options }];
  const attachments = message?.attachments ?? (message?.attachment ? [message.attachment] : []);
  const files = await Promise.all(
    attachments.map(async ({ payload }) => {
      const file = await fetchFile(world, { id: payload.attachment_id, link: payload.url }, reach);
      if (!file) throw new GraphError('invalid', 'attachment: the file could not be fetched');
      const { id: fileId, mimeType, name } = file;
      return { type: 'media' as const, kind: kindOfFile(mimeType), fileId, mimeType, name, caption: '' };
    }),
  );
  return [...(text ? [{ type: 'text' as const, text }] : []), ...files];
}
