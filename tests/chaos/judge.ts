/** What one resident did, and what they were shown at the end. */
export interface ResidentEvidence {
  name: string;
  /** Ids of all messages they tried to send. */
  tried: readonly string[];
  /** What the server acknowledged, in that order. */
  acknowledged: readonly { clientId: string; seq: number }[];
  /** The whole conversation as their chat gets it from the beginning. */
  shown: readonly ShownMessage[];
  /** The same conversation as an operator's console gets it. */
  shownToOperator: readonly ShownMessage[];
  /** The same conversation as the database has it. */
  stored: readonly ShownMessage[];
}

export interface ShownMessage {
  seq: number;
  clientId: string | null;
  direction: 'in' | 'out';
}

export interface Evidence {
  residents: readonly ResidentEvidence[];
  /** Ids of operators' answers that were acknowledged, and of all that are stored. */
  answers: { acknowledged: readonly string[]; stored: readonly string[] };
  /** Contacts of the bot where something said was never dealt with. */
  unanswered: number;
  /** Tickets with a second standing offer, and offers that stand beyond their time. */
  doubleOffers: number;
  staleOffers: number;
}

export interface Verdict {
  lost: number;
  doubled: number;
  outOfOrder: number;
  gaps: number;
  /** Differences between what is stored and what is shown. */
  shownOtherwise: number;
  unanswered: number;
  badOffers: number;
  passed: boolean;
  /** The first few findings in words. */
  findings: string[];
}

const MOST_FINDINGS = 20;

/** Compares what was promised with what is there. Pure, so that it can be shown to bite. */
export function judge(evidence: Evidence): Verdict {
  const counts = { lost: 0, doubled: 0, outOfOrder: 0, gaps: 0, shownOtherwise: 0 };
  const findings: string[] = [];
  const find = (kind: keyof typeof counts, what: string) => {
    counts[kind] += 1;
    if (findings.length < MOST_FINDINGS) findings.push(what);
  };

  for (const resident of evidence.residents) {
    const seqsOf = new Map<string, number[]>();
    for (const { clientId, seq } of resident.stored) {
      if (clientId) seqsOf.set(clientId, [...(seqsOf.get(clientId) ?? []), seq]);
    }
    let last = 0;
    for (const { clientId, seq } of resident.acknowledged) {
      const seqs = seqsOf.get(clientId) ?? [];
      if (!seqs.includes(seq))
        find('lost', `${resident.name}: ${clientId} was acknowledged as ${seq} and is not there`);
      if (seq <= last) find('outOfOrder', `${resident.name}: ${clientId} got ${seq} after ${last}`);
      last = Math.max(last, seq);
    }
    for (const clientId of resident.tried) {
      if ((seqsOf.get(clientId)?.length ?? 0) > 1) find('doubled', `${resident.name}: ${clientId} is stored twice`);
    }
    resident.stored.forEach(({ seq }, index) => {
      if (seq !== index + 1) find('gaps', `${resident.name}: ${seq} stands where ${index + 1} should`);
    });
    for (const [reader, shown] of [
      ['the resident', resident.shown],
      ['an operator', resident.shownToOperator],
    ] as const) {
      if (JSON.stringify(shown.map(plain)) !== JSON.stringify(resident.stored.map(plain))) {
        find('shownOtherwise', `${resident.name}: ${reader} is shown something else than what is stored`);
      }
    }
  }

  const answers = new Map<string, number>();
  for (const id of evidence.answers.stored) answers.set(id, (answers.get(id) ?? 0) + 1);
  for (const id of evidence.answers.acknowledged) if (!answers.has(id)) find('lost', `the answer ${id} is not there`);
  for (const [id, count] of answers) if (count > 1) find('doubled', `the answer ${id} is stored ${count} times`);

  const badOffers = evidence.doubleOffers + evidence.staleOffers;
  const faults = Object.values(counts).reduce((sum, count) => sum + count, 0) + evidence.unanswered + badOffers;
  if (evidence.unanswered > 0) findings.push(`${evidence.unanswered} contacts wait for the bot for ever`);
  if (badOffers > 0) findings.push(`${badOffers} offers stand that should not`);
  return { ...counts, unanswered: evidence.unanswered, badOffers, passed: faults === 0, findings };
}

const plain = ({ seq, clientId, direction }: ShownMessage) => [seq, clientId, direction];
