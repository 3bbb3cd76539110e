import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import type { Reported } from '../plan/backlog.ts';
import { noteMissed, type Stage } from '../stage.ts';

/** What was reported in the days before, at the counter: an operator writes it down. */
export function reportBacklog(stage: Stage, reported: readonly Reported[]): void {
  const [operator] = stage.operators.values();
  for (const { at, need, spot } of reported) {
    stage.time.at(at, async () => {
      const body = {
        clientId: randomUUID(),
        serviceId: need.id,
        description: need.words,
        place: spot.place,
        triage: true,
      };
      try {
        await operator?.console.call(api.createCase, { body });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        noteMissed(stage, `report: ${error.code}`);
      }
    });
  }
}
