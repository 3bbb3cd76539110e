/** Words on their way to being taught: kept in this browser until they are published, or until their author signs out. */
export interface Pending {
  key: string;
  lessonId: string;
  text: string;
  /** The turn in which a citizen said so. */
  turnId: string | null;
}
export interface KeptTeaching {
  pending: Pending[];
  /** The trial of exactly these words. */
  trialId: string | null;
}

export const teachingKey = (operatorId: string) => `console:teaching:${operatorId}`;

export function readTeaching(operatorId: string): KeptTeaching {
  try {
    return { pending: [], trialId: null, ...JSON.parse(localStorage.getItem(teachingKey(operatorId)) ?? '{}') };
  } catch {
    return { pending: [], trialId: null };
  }
}

export function writeTeaching(operatorId: string, kept: KeptTeaching): void {
  if (kept.pending.length === 0) localStorage.removeItem(teachingKey(operatorId));
  else localStorage.setItem(teachingKey(operatorId), JSON.stringify(kept));
}
