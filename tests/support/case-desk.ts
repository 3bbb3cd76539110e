import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Bot } from '../../server/contract/bot.ts';
import type { CaseDetail, createCaseSchema } from '../../server/contract/case.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, type ContactCentreOptions, startContactCentre } from './contact-centre.ts';
import type { OperatorClient } from './operator-client.ts';
import type { ResidentClient } from './resident-client.ts';

/** Says nothing: these stories are of cases, and a bot that learns would only slow them down. */
const quietBot: Bot = {
  turn: async ({ state }) => ({ replies: [], state: state ?? { version: 1, data: {} } }),
};

/** A contact centre whose people do all the talking. */
export const startCaseCentre = (options: ContactCentreOptions = {}): Promise<ContactCentre> =>
  startContactCentre({ bot: quietBot, ...options, settings: { PRESENCE_LEASE_SECONDS: 600, ...options.settings } });

/** In the middle of the sample city. */
export const inTown = { latitude: 19.19, longitude: -96.138 };
/** Out at sea. */
export const outOfTown = { latitude: 19.4, longitude: -95.5 };

type Draft = Partial<z.input<typeof createCaseSchema>>;

/** A pothole, unless told otherwise. */
export function aCase(draft: Draft = {}): z.input<typeof createCaseSchema> {
  return {
    clientId: randomUUID(),
    serviceId: 'bache',
    description: 'Un bache muy grande frente a la escuela',
    place: { point: inTown, address: 'Calle Xalapa 1520', coloniaId: null, reference: null },
    ...draft,
  };
}

/** Opens a case at the console. */
export const opens = (operator: OperatorClient, draft: Draft = {}): Promise<CaseDetail> =>
  operator.call(api.createCase, { body: aCase(draft) });

export interface Contact {
  resident: ResidentClient;
  ticketId: string;
  conversationId: string;
}

/** A resident whose contact is open, for whoever sees it to open cases from. */
export async function aContact(centre: ContactCentre): Promise<Contact> {
  const resident = await centre.resident();
  const { ticketId, conversationId } = await resident.say('Buenas tardes');
  return { resident, ticketId: ticketId ?? '', conversationId };
}
