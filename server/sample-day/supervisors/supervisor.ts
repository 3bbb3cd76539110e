import { randomUUID } from 'node:crypto';
import type { BoardAlert, Surge } from '../../contract/board.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import type { Working } from '../plan/staff.ts';
import type { Seated } from '../seat-people.ts';
import { noteMissed, type Stage } from '../stage.ts';

/** Seconds between two looks at the board, until everybody concerned is told how it goes, and until it is over. */
const LOOKS_EVERY = 120;
const TELLS_AFTER = 50 * 60;
const APPROVES_AFTER = 4 * 60;
const OVER_AFTER = 150 * 60;
/** What is put up ends by itself. */
const ANNOUNCED_SECONDS = 3 * 3_600;
const OVERFLOW_SECONDS = 45 * 60;
/** One cause is told of once, not street by street. */
const MOST_INCIDENTS = 4;

/** Somebody who watches the board, and does what it asks for. */
export function createSupervisor(stage: Stage, { console }: Seated, hours: readonly Working[]): void {
  const { time } = stage;

  async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      noteMissed(stage, `${what}: ${error.code}`);
      return null;
    }
  }

  const isHandled = ({ topicId, coloniaIds }: Surge) =>
    stage.incidents.some(
      (one) =>
        one.topicId === topicId &&
        (one.coloniaIds.length === 0 || coloniaIds.some((colonia) => one.coloniaIds.includes(colonia))),
    );

  async function makeOneCause({ topic, topicId, coloniaIds, place, since, middle }: Surge): Promise<void> {
    const title = `${topic}: ${place ?? 'en varias colonias'}`.slice(0, 120);
    const body = { title, topicId, coloniaIds, since, point: middle };
    const incident = await attempt('open an incident', () => console.call(api.openIncident, { body }));
    if (!incident) return;
    stage.incidents.push({ id: incident.id, topicId, coloniaIds, isOpen: true });
    if (stage.incidents.length === 1) await announce();
    time.after(TELLS_AFTER, () => tellEverybody(incident.caseId, topic.toLowerCase()));
    time.after(OVER_AFTER, async () => {
      await attempt('close an incident', () => console.call(api.closeIncident, { params: { id: incident.id } }));
      for (const one of stage.incidents) if (one.id === incident.id) one.isOpen = false;
    });
  }

  async function announce(): Promise<void> {
    const text = {
      es: 'Por la lluvia hay más llamadas que de costumbre. Ya trabajamos en las zonas inundadas y con árboles caídos. Si hay peligro, marca al 911.',
      en: 'Because of the rain more people are calling than usual. Crews are at work. If there is danger, call 911.',
    };
    const until = new Date(time.now().getTime() + ANNOUNCED_SECONDS * 1_000).toISOString();
    await attempt('announce', () =>
      console.call(api.putUpAnnouncement, { body: { text, voice: true, chat: true, until } }),
    );
  }

  /** One update for everybody who told of it. */
  async function tellEverybody(caseId: string, what: string): Promise<void> {
    const text = `Sobre tu reporte (${what}): ya hay cuadrillas en la zona. Te avisamos cuando quede. Gracias por tu paciencia.`;
    const preview = await attempt('preview', () => console.call(api.previewBroadcast, { body: { caseId, text } }));
    if (!preview || preview.recipients === 0) return;
    const body = { caseId, text, clientId: randomUUID(), expectedRecipients: preview.recipients };
    const made = await attempt('tell everybody', () => console.call(api.createBroadcast, { body }));
    if (made?.state !== 'awaiting_approval') return;
    const other = stage.supervisors.find((one) => one !== console);
    time.after(APPROVES_AFTER, async () => {
      const params = { id: made.id };
      await attempt('approve', async () => other?.call(api.steerBroadcast, { params, body: { action: 'approve' } }));
    });
  }

  /** People of other queues help for a while. */
  async function open(queueId: string): Promise<void> {
    const last = stage.overflows.get(queueId);
    if (last && time.now().getTime() - last.getTime() < OVERFLOW_SECONDS * 1_000) return;
    stage.overflows.set(queueId, time.now());
    const body = { seconds: OVERFLOW_SECONDS };
    await attempt('open overflow', () => console.call(api.openOverflow, { params: { id: queueId }, body }));
  }

  async function heed(alert: BoardAlert): Promise<void> {
    if (alert.kind === 'surge' && alert.surge.reportable && !alert.incidentId && !isHandled(alert.surge)) {
      if (stage.incidents.length < MOST_INCIDENTS) await makeOneCause(alert.surge);
    }
    if (alert.kind === 'nobody') await open(alert.queueId);
    if (alert.kind === 'limit' && alert.severity === 'alarm' && alert.figure === 'longestWait')
      await open(alert.queueId);
  }

  for (const { from, until } of hours) {
    const look = async () => {
      if (time.now() >= until) return;
      const board = await attempt('look', () => console.call(api.board));
      for (const alert of board?.alerts ?? []) await heed(alert);
      time.after(LOOKS_EVERY, look);
    };
    time.at(from, look);
  }
}
