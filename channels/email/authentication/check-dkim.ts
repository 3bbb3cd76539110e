import { Readable } from 'node:stream';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { DKIMResult, DNSResolver } from 'mailauth';
import { type AuthResult, authResultSchema } from '../../../server/contract/email.ts';
import { absent, type Finding, notKnown, unreadable } from './finding.ts';

/** More than this no honest mail has, and each costs time: a signature a look at the whole mail. */
const MOST_SIGNATURES = 6;
const HEAD_BYTES = 128 * 1024;
const HEAD_LINES = 3_000;
/** Of mails as large as this only the beginning may have been fetched. */
const MAIL_BYTES = 60 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** Of several signatures the one that says most: a good one suffices, whatever became of the others. */
const telling: AuthResult[] = ['pass', 'temperror', 'fail', 'policy', 'permerror', 'neutral'];

/** Whether the mail is as somebody signed it (RFC 6376). The domains are those whose signature covers all of it. */
export async function checkDkim(raw: Buffer, lookup: DNSResolver, signal: AbortSignal): Promise<Finding> {
  const head = raw.subarray(0, Math.min(headEnd(raw), HEAD_BYTES + 1)).toString('latin1');
  const signatures = [...head.matchAll(/^dkim-signature[ \t]{0,9}:/gim)].length;
  if (signatures === 0) return absent;
  // What the sender made so is no excuse: not to be told would be better for them than to fail.
  if (head.length > HEAD_BYTES || head.split('\n').length > HEAD_LINES || signatures > MOST_SIGNATURES)
    return unreadable;
  if (raw.length >= MAIL_BYTES) return notKnown;
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
  const { results } = await dkimVerify(Readable.from(pieces(raw, signal)), { resolver: lookup, rejectRsaSha1: true });
  const judged = results.map((signature) => ({ result: judge(signature), domain: signature.signingDomain }));
  const domainsOf = (wanted: AuthResult) =>
    judged.flatMap(({ result, domain }) => (result === wanted && domain ? domain.toLowerCase() : []));
  const result = telling.find((word) => judged.some((signature) => signature.result === word)) ?? 'none';
  return { result, domains: domainsOf('pass'), perhaps: domainsOf('temperror') };
}

function judge({ status }: DKIMResult): AuthResult {
  // To a mail signed in part (`l=`) anybody can add the rest.
  if (status.result === 'pass' && status.underSized) return 'policy';
  if (status.result === 'neutral' && status.comment === 'body hash did not verify') return 'fail';
  return authResultSchema.catch('none').parse(status.result);
}

function headEnd(raw: Buffer): number {
  const ends = [raw.indexOf('\n\n'), raw.indexOf('\n\r\n')].filter((at) => at >= 0);
  return ends.length > 0 ? Math.min(...ends) : raw.length;
}

/** Piece by piece with other work in between: a large mail takes its time. */
async function* pieces(raw: Buffer, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = 0; at < raw.length; at += PIECE_BYTES) {
    yield raw.subarray(at, at + PIECE_BYTES);
    await otherWork(undefined, { signal });
  }
}
