import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { EmailHost } from '../contract/email.ts';
import { AppError } from '../contract/errors.ts';
import type { MediaPart } from '../contract/message.ts';
import { keepAttachment } from '../files/attachments.ts';
import { loadOutgoing } from './load-outgoing.ts';
import { EMAIL_ACCOUNT } from './mailboxes.ts';

/** For so long one server has a mailbox to itself, unless it says so again. */
const HOLD_SECONDS = 30;

/** The server's side of the e-mail channel. */
export function createEmailHost(context: AppContext): EmailHost {
  const { database, files, clock } = context;
  const { db } = database;
  /** This process among those that share the work. */
  const holder = uuid();

  return orUnavailable({
    async keepRaw(raw) {
      // By its content: a mail that is fetched again lies where it lay.
      const key = `mail/${createHash('sha256').update(raw).digest('hex')}.eml`;
      await files.put(key, raw, 'message/rfc822');
      return key;
    },

    async setAside(rawKey, reason) {
      await sql`
        insert into raw_input (id, channel_account_id, body, error, received_at)
        select ${uuid()}, ${EMAIL_ACCOUNT}, ${rawKey}, ${reason.slice(0, 2_000).replaceAll('\u0000', '')}, ${clock.now()}
        where not exists (select from raw_input where channel_account_id = ${EMAIL_ACCOUNT} and body = ${rawKey})`.execute(
        db,
      );
    },

    async optOut(address) {
      await db
        .insertInto('email_address')
        .values({ address, since: clock.now(), automatic_mails: 0, opted_out_at: clock.now() })
        .onConflict((conflict) => conflict.column('address').doUpdateSet({ opted_out_at: clock.now() }))
        .execute();
    },

    async isStored(externalId) {
      const row = await db
        .selectFrom('message')
        .select('id')
        .where('channel_account_id', '=', EMAIL_ACCOUNT)
        .where('external_id', '=', externalId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async isOurs(internetMessageId) {
      const row = await db
        .selectFrom('message_piece')
        .select('message_id')
        .where('channel_account_id', '=', EMAIL_ACCOUNT)
        .where('provider_message_id', '=', internetMessageId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async keepFile(file): Promise<MediaPart> {
      const kept = await keepAttachment({ db, files, clock }, EMAIL_ACCOUNT, {
        name: file.name,
        mimeType: file.type,
        bytes: file.content,
      });
      return { type: 'media', attachmentId: kept.id, name: kept.name, mimeType: kept.mimeType, size: kept.size };
    },

    outgoing: (messageId) => loadOutgoing(context, messageId),

    async holdMailbox(mailboxId) {
      const now = clock.now();
      const held = await db
        .insertInto('mailbox')
        .values({ id: mailboxId, last_uid: 0, holder, held_until: addSeconds(now, HOLD_SECONDS) })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ holder, held_until: addSeconds(now, HOLD_SECONDS) })
            .where((where) =>
              where.or([
                where('mailbox.holder', 'is', null),
                where('mailbox.holder', '=', holder),
                where('mailbox.held_until', '<', now),
              ]),
            ),
        )
        .returning('id')
        .executeTakeFirst();
      return held !== undefined;
    },

    async loadCursor(mailboxId) {
      const row = await db
        .selectFrom('mailbox')
        .select(['uid_validity', 'last_uid'])
        .where('id', '=', mailboxId)
        .executeTakeFirst();
      return row?.uid_validity ? { uidValidity: row.uid_validity, lastUid: row.last_uid } : null;
    },

    async saveCursor(mailboxId, { uidValidity, lastUid }) {
      await db
        .insertInto('mailbox')
        .values({ id: mailboxId, uid_validity: uidValidity, last_uid: lastUid })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ uid_validity: uidValidity, last_uid: lastUid }))
        .execute();
    },

    async reportMailbox(mailboxId, fault) {
      await db
        .insertInto('mailbox')
        .values({ id: mailboxId, last_uid: 0, fault })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ fault }))
        .execute();
    },

    async releaseMailboxes() {
      await db.updateTable('mailbox').set({ holder: null, held_until: null }).where('holder', '=', holder).execute();
    },
  });
}

/** What fails here is not the mail's fault: whoever brought it is told so, and brings it again. */
function orUnavailable(host: EmailHost): EmailHost {
  const sure =
    <Given extends unknown[], Answer>(ask: (...given: Given) => Promise<Answer>) =>
    (...given: Given): Promise<Answer> =>
      ask(...given).catch((cause: unknown) => {
        throw cause instanceof AppError ? cause : new AppError('unavailable', undefined, cause);
      });
  return Object.fromEntries(Object.entries(host).map(([name, ask]) => [name, sure(ask as never)])) as never;
}
