import { sql } from 'kysely';
import { DateTime } from 'luxon';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { SendResult } from '../contract/channel.ts';
import type { OutgoingLetter } from '../contract/email.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { invitationWords } from './invitation-words.ts';

const MOST_ATTEMPTS = 8;
/** How long a try may take; then another may begin. */
const TRY_SECONDS = 120;
const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 3_600;

type Parts = Pick<AppContext, 'database' | 'clock' | 'city' | 'letters' | 'invitationLinks' | 'unitOfWork' | 'log'>;

/** Sends the link that waits for somebody, if one still does. How it went stands with it, for whoever sent it. */
export async function sendInvitation(parts: Parts, operatorId: string): Promise<void> {
  const claimed = await claim(parts, operatorId);
  if (!claimed) return;
  const letter = compose(parts, operatorId, claimed);
  const result = letter ? await handOver(parts, letter) : NO_SERVER;
  await parts.unitOfWork((unit) => record(unit, operatorId, claimed, result));
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;

/** Takes it for one worker, for as long as a try may take. */
async function claim({ database, clock }: Parts, operatorId: string) {
  const now = clock.now();
  const { rows } = await sql<{
    nonce: string;
    kind: 'invitation' | 'reset';
    attempts: number;
    expires_at: Date;
    name: string;
    email: string;
    locale: 'es' | 'en';
  }>`
    update invitation i set mail_attempts = mail_attempts + 1, mail_due_at = ${addSeconds(now, TRY_SECONDS)}
    from operator o
    where o.id = i.operator_id and i.operator_id = ${operatorId} and i.mail_state = 'waiting'
      and i.mail_due_at <= ${now} and i.expires_at > ${now} and i.nonce is not null
    returning i.nonce, i.kind, i.mail_attempts as attempts, i.expires_at, o.name, o.email, o.locale`.execute(
    database.db,
  );
  return rows[0] ?? null;
}

function compose(
  { city, letters, invitationLinks }: Parts,
  operatorId: string,
  claimed: Claimed,
): OutgoingLetter | null {
  const { from } = letters;
  if (!from) return null;
  const { nonce, kind, name, email, locale, expires_at: expiresAt } = claimed;
  const link = invitationLinks.linkOf(invitationLinks.tokenOf({ operatorId, nonce }));
  const until = DateTime.fromJSDate(expiresAt, { zone: city.timeZone })
    .setLocale(locale === 'es' ? 'es-MX' : 'en')
    .toLocaleString(DateTime.DATETIME_FULL);
  return {
    // The same however often it is tried: a mail sent twice by a fault is one mail.
    internetMessageId: `invitation-${nonce}@${from.address.split('@')[1] ?? 'localhost'}`,
    mailbox: from.id,
    from: { address: from.address, name: from.name },
    replyTo: null,
    to: [{ address: email, name }],
    cc: [],
    bcc: [],
    ...invitationWords(locale, { kind, name, city: city.name, link, until }),
    signature: null,
    quoted: null,
    inReplyTo: null,
    references: [],
    attachments: [],
    automatic: 'generated',
    unsubscribe: null,
    locale,
    timeZone: city.timeZone,
  };
}

const NO_SERVER: SendResult = {
  outcome: 'rejected',
  permanent: true,
  providerCode: 'smtp_missing',
  reason: 'No hay servidor de salida: falta SMTP_HOST.',
};

/** Faults of the network are worth another try. */
async function handOver({ letters, log }: Parts, letter: OutgoingLetter): Promise<SendResult | { fault: string }> {
  try {
    return await letters.send(letter);
  } catch (error) {
    log.warn({ err: error }, 'a link for signing in could not be handed to the mail server');
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

async function record(
  unit: Unit,
  operatorId: string,
  { nonce, attempts }: Claimed,
  result: SendResult | { fault: string },
): Promise<void> {
  const state = standing(unit, attempts, result);
  await unit.tx
    .updateTable('invitation')
    .set(state)
    .where('operator_id', '=', operatorId)
    // A newer one has taken its place.
    .where('nonce', '=', nonce)
    .execute();
}

function standing(unit: Unit, attempts: number, result: SendResult | { fault: string }) {
  if ('fault' in result) return again(unit, attempts, result.fault);
  if (result.outcome === 'accepted') return { mail_state: 'sent' as const, mail_reason: null, mailed_at: unit.now };
  if (result.outcome === 'throttled') return again(unit, attempts, null, result.retryAfterSeconds);
  return { mail_state: 'failed' as const, mail_reason: result.reason };
}

function again(unit: Unit, attempts: number, reason: string | null, seconds?: number) {
  if (attempts >= MOST_ATTEMPTS) return { mail_state: 'failed' as const, mail_reason: reason };
  const pause = seconds ?? Math.min(FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS);
  return { mail_due_at: addSeconds(unit.now, pause), mail_reason: reason };
}

/** Links whose time to leave has come, or whose try was lost with its process. */
export async function promiseInvitations(unit: Unit): Promise<void> {
  const due = await unit.tx
    .selectFrom('invitation')
    .select('operator_id')
    .where('mail_state', '=', 'waiting')
    .where('mail_due_at', '<=', unit.now)
    .limit(200)
    .execute();
  for (const { operator_id: operatorId } of due) unit.enqueue('outbound.invitation', { operatorId });
}
