import type { CaseRow } from '../../cases/case-row.ts';
import { changeCase } from '../../cases/change-case.ts';
import type { SafeContact } from '../../contract/case.ts';
import { citizenActor } from '../../conversations/change-ticket.ts';
import { withAnswer } from '../safe-contact.ts';
import { type CallerScene, numberOf } from './caller-scene.ts';

/** Writes their answer into the protected cases of the contact; one opened from it later has it from the call. */
export async function keepSafeContact(scene: CallerScene, mayCall: boolean): Promise<void> {
  const { unit, ticket } = scene;
  const phone = numberOf(scene);
  if (!phone) return;
  for (const row of await casesOf(scene)) {
    const change = withAnswer(row.safe_contact as SafeContact | null, phone, mayCall);
    if (!change) continue;
    const event = { type: 'edited' as const, actor: citizenActor(ticket) };
    await changeCase(unit, row, { safe_contact: change }, event, false);
  }
}

function casesOf({ unit, ticket }: CallerScene): Promise<CaseRow[]> {
  return unit.tx
    .selectFrom('service_case')
    .selectAll()
    .where('protected', '=', true)
    .where('closed_at', 'is', null)
    .where('id', 'in', (query) => query.selectFrom('case_ticket').select('case_id').where('ticket_id', '=', ticket.id))
    .orderBy('id')
    .forUpdate()
    .execute();
}
