import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { TicketSummary } from '../../contract/http.ts';
import type { Message } from '../../contract/message.ts';
import { api } from '../../contract/routes.ts';
import type { Chance } from '../chance.ts';
import { type Contact, noteMissed, type Stage } from '../stage.ts';
import type { ConsoleApi } from './console-api.ts';

/** A contact in somebody's hands, until they close it. */
export interface Work {
  /** The citizen wrote something. */
  hears(message: Message): void;
  /** Something changed somewhere; what they can see for themselves may have. */
  looks(): void;
}

export interface WorkParts {
  stage: Stage;
  console: ConsoleApi;
  chance: Chance;
  ticket: TicketSummary;
  contact: Contact;
  /** How many contacts they hold: each takes of the time of the others. */
  held(): number;
  /** It is closed, or is theirs no more. */
  done(): void;
}

/** What every kind of work is made of. */
export interface Hands {
  /** Something they do after so many seconds, give and take, and as many more as they are busy. */
  later(median: number, work: () => Promise<void>, spread?: number): () => void;
  say(text: string): Promise<void>;
  /** Opens a case about what the contact reports. */
  openCase(): Promise<void>;
  note(text: string): Promise<void>;
  close(disposition: string): Promise<void>;
}

const SPREAD = 0.5;
/** Of the time that one contact takes, what each further one in hand adds to it. */
const SHARED = 0.22;

export function handsOf({ stage, console, chance, ticket, contact, held, done }: WorkParts): Hands {
  const params = { id: ticket.id };
  const { need, spot, resident } = contact.arrival;

  /** Whoever was faster, a supervisor or the citizen themselves, leaves nothing to do here. */
  async function attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      noteMissed(stage, `${what}: ${error.code}`);
      return false;
    }
  }

  return {
    later: (median, work, spread = SPREAD) =>
      stage.time.after(chance.around(median, spread) * (1 + SHARED * Math.max(0, held() - 1)), work),
    async say(text) {
      const words = text.replaceAll('{name}', resident.shortName.split(' ')[0] ?? '');
      const body = { clientId: randomUUID(), text: words };
      if (!(await attempt('say', () => console.call(api.sendMessage, { params, body })))) done();
    },
    async openCase() {
      const body = {
        clientId: randomUUID(),
        ticketId: ticket.id,
        serviceId: need.id,
        description: need.words,
        place: spot.place,
        triage: true,
      };
      await attempt('open a case', () => console.call(api.createCase, { body }));
    },
    async note(text) {
      await attempt('note', () => console.call(api.addNote, { params, body: { clientId: randomUUID(), text } }));
    },
    async close(disposition) {
      await attempt('close', () => console.call(api.closeTicket, { params, body: { disposition } }));
      done();
    },
  };
}

/** How a contact ends that was dealt with. */
export const dispositionFor = ({ arrival }: Contact): string => {
  switch (arrival.need.kind) {
    case 'report':
      return 'canalizado';
    case 'question':
      return 'informado';
    default:
      return 'resuelto';
  }
};
