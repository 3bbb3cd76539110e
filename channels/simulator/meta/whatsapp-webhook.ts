import { createHash } from 'node:crypto';
import type { Afterthought } from '../provider.ts';
import type { Content, SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import type { World } from '../world/world.ts';
import type { MetaAccount } from './meta-account.ts';

/** One entry of a webhook of the Cloud API, field `messages`. */
export function whatsAppEntry(account: MetaAccount, value: Record<string, unknown>) {
  const { objectId, businessAccountId } = account.settings;
  return {
    id: businessAccountId,
    changes: [
      {
        value: {
          messaging_product: 'whatsapp',
          metadata: { display_phone_number: account.address.replace(/\D/g, ''), phone_number_id: objectId },
          ...value,
        },
        field: 'messages',
      },
    ],
  };
}

/** Somebody wrote. */
export function messageValue(world: World, person: Person, message: SimulatedMessage) {
  const [content] = message.content;
  return {
    contacts: [contactOf(person)],
    messages: [
      {
        ...senderOf(person),
        id: message.id,
        timestamp: seconds(message.at),
        ...(message.repliesTo ? { context: { from: '', id: message.repliesTo } } : {}),
        ...(content ? typed(world, message, content) : { type: 'unsupported', errors: [UNSUPPORTED] }),
      },
    ],
  };
}

/** Somebody did something to a message. */
export function afterthoughtValue(world: World, person: Person, message: SimulatedMessage, what: Afterthought) {
  const bodies = {
    reaction: {
      type: 'reaction',
      reaction: { message_id: message.id, emoji: what.kind === 'reaction' ? (what.emoji ?? '') : '' },
    },
    edited: {
      type: 'edit',
      edit: {
        original_message_id: message.id,
        message: { type: 'text', text: { body: what.kind === 'edited' ? what.text : '' } },
      },
    },
    deleted: { type: 'revoke', revoke: { original_message_id: message.id } },
  };
  return {
    contacts: [contactOf(person)],
    messages: [
      {
        ...senderOf(person),
        id: `wamid.${Buffer.from(world.identifiers.fresh()).toString('base64').slice(0, 44)}`,
        timestamp: seconds(world.now()),
        ...bodies[what.kind],
      },
    ],
  };
}

/** What became of a message of the city. */
export function statusValue(world: World, person: Person, message: SimulatedMessage) {
  const { failure } = message;
  return {
    contacts: [contactOf(person)],
    statuses: [
      {
        id: message.id,
        status: message.status,
        timestamp: seconds(world.now()),
        ...(person.waId ? { recipient_id: person.waId } : {}),
        recipient_user_id: person.bsuid,
        ...(failure
          ? {
              errors: [
                {
                  code: failure.code,
                  title: failure.title,
                  message: failure.title,
                  error_data: { details: failure.details },
                  href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
                },
              ],
            }
          : { pricing: { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' } }),
      },
    ],
  };
}

const UNSUPPORTED = {
  code: 131051,
  title: 'Message type unknown',
  message: 'Message type unknown',
  error_data: { details: 'Message type is currently not supported.' },
};

function contactOf(person: Person) {
  return {
    profile: { name: person.name, ...(person.username ? { username: person.username } : {}) },
    ...(person.waId ? { wa_id: person.waId } : {}),
    user_id: person.bsuid,
  };
}

function senderOf(person: Person) {
  return { ...(person.waId ? { from: person.waId } : {}), from_user_id: person.bsuid };
}

function typed(world: World, message: SimulatedMessage, content: Content): Record<string, unknown> {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: { body: content.text } };
    case 'location': {
      const { latitude, longitude, label } = content;
      return { type: 'location', location: { latitude, longitude, ...(label ? { name: label } : {}) } };
    }
    case 'contact': {
      const { name, phones, emails } = content;
      const card = {
        name: { formatted_name: name, first_name: name.split(' ')[0] },
        phones: phones.map((phone) => ({ phone, type: 'CELL' })),
        ...(emails.length > 0 ? { emails: emails.map((email) => ({ email, type: 'HOME' })) } : {}),
      };
      return { type: 'contacts', contacts: [card] };
    }
    case 'choice': {
      const { id, title } = content;
      const isRow = world.messages.get(message.repliesTo ?? '')?.content.some((one) => one.type === 'list');
      const type = isRow ? 'list_reply' : 'button_reply';
      return { type: 'interactive', interactive: { type, [type]: { id, title } } };
    }
    case 'media':
      return mediaBody(world, content);
    default: {
      const type = content.type === 'unsupported' ? content.kind : content.type;
      return { type: 'unsupported', errors: [UNSUPPORTED], unsupported: { type } };
    }
  }
}

function mediaBody(world: World, content: Extract<Content, { type: 'media' }>) {
  const type = content.kind === 'voice' ? 'audio' : content.kind;
  const mimeType = content.kind === 'voice' ? `${content.mimeType}; codecs=opus` : content.mimeType;
  return {
    type,
    [type]: {
      mime_type: mimeType,
      sha256: createHash('sha256')
        .update(world.files.find(content.fileId)?.bytes ?? '')
        .digest('base64'),
      id: content.fileId,
      ...(content.caption ? { caption: content.caption } : {}),
      ...(type === 'document' ? { filename: content.name } : {}),
      ...(type === 'audio' ? { voice: content.kind === 'voice' } : {}),
      ...(type === 'sticker' ? { animated: false } : {}),
    },
  };
}

const seconds = (at: Date): string => String(Math.floor(at.getTime() / 1_000));
