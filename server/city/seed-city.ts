import { v7 as uuid } from 'uuid';
import { BOT_FRAMEWORK_ACCOUNT } from '../botframework/botframework-host.ts';
import { WEB_CALLS_ACCOUNT } from '../calls/lines.ts';
import type { City } from '../contract/city.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { EMAIL_ACCOUNT } from '../email/mailboxes.ts';
import { createOperator } from '../operators/people.ts';
import { seedForm } from '../quality/forms/save-form.ts';
import { CHAT_ACCOUNT } from '../residents/chat-page.ts';
import { createQueue } from '../routing/queues.ts';
import { seedRouting } from '../routing/routing-settings.ts';

/**
 * Puts the city's queues, people and canned replies into an empty database. From then on they are the
 * administrators': a later start changes nothing, but for the accounts that the city has since.
 * @param passwordHash of the one password that sample people share; null makes no people
 * @returns the people made, empty when the city was there already
 */
export async function seedCity(unit: Unit, city: City, passwordHash: string | null): Promise<City['operators']> {
  const { tx, now } = unit;
  await tx
    .insertInto('channel_account')
    .values([
      { id: CHAT_ACCOUNT, channel: 'chat', name: city.contactName, created_at: now },
      { id: BOT_FRAMEWORK_ACCOUNT, channel: 'botframework', name: city.contactName, created_at: now },
      { id: EMAIL_ACCOUNT, channel: 'email', name: city.contactName, created_at: now },
      { id: WEB_CALLS_ACCOUNT, channel: 'voice', name: city.contactName, created_at: now },
      ...city.accounts.map(({ id, channel, name }) => ({ id, channel, name, created_at: now })),
    ])
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await seedRouting(unit, city);
  await seedForm(unit, city);
  if (await tx.selectFrom('queue').select('id').limit(1).executeTakeFirst()) return [];

  for (const queue of city.queues) await createQueue(unit, { ...queue, operatorIds: [] });
  for (const reply of city.cannedReplies) {
    await tx
      .insertInto('canned_reply')
      .values({
        id: uuid(),
        shortcut: reply.shortcut,
        title: reply.title,
        body: reply.body,
        queue_id: reply.queueId,
        created_at: now,
        updated_at: now,
      })
      .execute();
  }
  if (!passwordHash) return [];
  for (const person of city.operators) {
    const { queues, skills, ...operator } = person;
    await createOperator(
      unit,
      { ...operator, roleId: null, password: '', queueIds: queues, skillIds: skills },
      passwordHash,
    );
  }
  return city.operators;
}
