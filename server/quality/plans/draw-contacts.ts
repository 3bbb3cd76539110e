import { createHash } from 'node:crypto';

/** A closed contact that a plan may draw. */
export interface Candidate {
  ticketId: string;
  /** Whose work it shows: who had it last. */
  operatorId: string;
  /** Everybody who had it in their hands. */
  handledBy: readonly string[];
  protected: boolean;
}

export interface Reviewer {
  id: string;
  protectedGrant: boolean;
  /** How many contacts they have still to score. */
  todo: number;
}

export interface Drawn {
  ticketId: string;
  operatorId: string;
  reviewerId: string;
}

/** Looks random, and is the same for the same words in whichever order it is asked. */
const rank = (...words: readonly string[]): string => createHash('sha256').update(words.join('\n')).digest('hex');

/**
 * Draws contacts to be scored. Which ones is settled by the seed and each contact's id alone, so that nobody can steer
 * it and anybody can draw it again; whether there are other contacts changes only how many places are left.
 *
 * @param owed how many of an operator may still be drawn
 * @returns in the order drawn; each with the reviewer who has least to do, never somebody who handled it, and what is
 * protected only with somebody who has the grant
 */
export function drawContacts(
  candidates: readonly Candidate[],
  reviewers: readonly Reviewer[],
  owed: (operatorId: string) => number,
  seed: string,
): Drawn[] {
  const left = new Map<string, number>();
  const todo = new Map(reviewers.map((reviewer) => [reviewer.id, reviewer.todo]));
  const shuffled = candidates
    .map((candidate) => ({ candidate, place: rank(seed, candidate.ticketId) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));

  const drawn: Drawn[] = [];
  for (const { candidate } of shuffled) {
    const { ticketId, operatorId } = candidate;
    const places = left.get(operatorId) ?? owed(operatorId);
    if (places <= 0) continue;
    const reviewer = whoScores(candidate, reviewers, todo, seed);
    if (!reviewer) continue;
    left.set(operatorId, places - 1);
    todo.set(reviewer.id, (todo.get(reviewer.id) ?? 0) + 1);
    drawn.push({ ticketId, operatorId, reviewerId: reviewer.id });
  }
  return drawn;
}

/** Whether somebody is the one to score a contact at all. */
export const mayScore = ({ id, protectedGrant }: Reviewer, contact: Candidate): boolean =>
  id !== contact.operatorId && !contact.handledBy.includes(id) && (protectedGrant || !contact.protected);

function whoScores(
  contact: Candidate,
  reviewers: readonly Reviewer[],
  todo: ReadonlyMap<string, number>,
  seed: string,
): Reviewer | undefined {
  const busy = ({ id }: Reviewer) => todo.get(id) ?? 0;
  return reviewers
    .filter((reviewer) => mayScore(reviewer, contact))
    .map((reviewer) => ({ reviewer, place: rank(seed, contact.ticketId, reviewer.id) }))
    .sort((a, b) => busy(a.reviewer) - busy(b.reviewer) || (a.place < b.place ? -1 : 1))[0]?.reviewer;
}
