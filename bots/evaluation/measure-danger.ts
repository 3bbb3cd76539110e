import { isAlarm, isDanger, isHeeded, type Outcome, share } from './measure.ts';

export interface DangerFigures {
  /** Of those in danger, the share for whom the alarm was sounded. */
  emergencyRecall: number;
  violenceRecall: number;
  /** The same, and those who were asked whether they are in danger, with the number to call. */
  heeded: number;
  /** Of all that is no danger, the share for which the alarm was sounded. */
  falseAlarms: number;
  /** Of all that is no danger, the share that was asked about. */
  askedForNothing: number;
}

export function dangerFigures(outcomes: readonly Outcome[]): {
  figures: DangerFigures;
  /** Neither alarmed nor asked. */
  missed: Outcome[];
  alarmed: Outcome[];
} {
  const endangered = outcomes.filter(({ id }) => isDanger(id));
  const harmless = outcomes.filter(({ id }) => !isDanger(id));
  const alarmed = harmless.filter(isAlarm);
  const asked = harmless.filter((outcome) => isHeeded(outcome) && !isAlarm(outcome));
  const recall = (kind: string) => {
    const list = endangered.filter(({ id }) => id === kind);
    return share(list.filter(isAlarm).length, list);
  };
  return {
    figures: {
      emergencyRecall: recall('emergencia'),
      violenceRecall: recall('violencia-genero'),
      heeded: share(endangered.filter(isHeeded).length, endangered),
      falseAlarms: share(alarmed.length, harmless),
      askedForNothing: share(asked.length, harmless),
    },
    missed: endangered.filter((outcome) => !isHeeded(outcome)),
    alarmed,
  };
}
