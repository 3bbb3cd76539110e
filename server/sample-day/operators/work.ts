import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { TicketSummary } from '../../contract/http.ts';
import { api } from '../../contract/routes.ts';
import type { Chance } from '../chance.ts';
import { type Contact, noteMissed, type Stage } from '../stage.ts';
import type { ConsoleApi } from './console-api.ts';
import type { Colleague } from './seated.ts';

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
  /** Somebody else who could take a call now. */
  colleague(): Colleague | null;
}

/** What every kind of work is made of. */
export interface Hands {
  /** Something they do after so many seconds, give and take, and as many more as they are busy. */
  later(median: number, work: () => Promise<void>, spread?: number): () => void;
  say(text: string): Promise<void>;
  /** Opens a case about what the contact reports. */
  openCase(): Promise<void>;
  note(text: string): Promise<void>;
  /** Somebody else's matter: it waits in their queue. @returns whether it could be passed on */
  transfer(queueId: string): Promise<boolean>;
  /** It is put aside until so many seconds from now. */
  snooze(seconds: number): Promise<void>;
  close(disposition: string): Promise<void>;
}

const SPREAD = 0.5;
/** The queue whose people know about procedures and payments. */
export const ELSEWHERE = 'tramites';
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
      const incident = stage.incidents.find(
        ({ isOpen, topicId, coloniaIds }) =>
          isOpen && topicId === need.id && (coloniaIds.length === 0 || coloniaIds.includes(spot.coloniaId)),
      );
      if (incident) {
        const body = { ticketId: ticket.id };
        const link = () => console.call(api.linkToIncident, { params: { id: incident.id }, body });
        if (await attempt('link to an incident', link)) return;
      }
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
    async transfer(queueId) {
      const passed = await attempt('transfer', () =>
        console.call(api.transferTicket, { params, body: { queueId, note: 'Es de trámites, ya le expliqué.' } }),
      );
      if (passed) done();
      return passed;
    },
    async snooze(seconds) {
      const until = new Date(stage.time.now().getTime() + seconds * 1_000).toISOString();
      await attempt('snooze', () => console.call(api.snoozeTicket, { params, body: { until } }));
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
