import { type RawBuilder, sql } from 'kysely';

/** On hold, or somebody still asks about their data: nothing goes meanwhile. */
export const heldPerson = (citizen: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  exists (select from legal_hold h where h.released_at is null and h.citizen_id = ${citizen})
  or exists (
    select from subject_request r where r.citizen_id = ${citizen}
      and r.state in ('preparing', 'awaiting', 'grace', 'erasing')))`;

/** Of `ticket x`: also while a case that was spoken of in it is open, or on hold. */
export const heldTicket = sql`(${heldPerson(sql`x.citizen_id`)} or exists (
  select from case_ticket k join service_case c on c.id = k.case_id where k.ticket_id = x.id
    and (c.closed_at is null or exists (
      select from legal_hold h where h.released_at is null and h.case_id = c.id))))`;

/** Of `service_case x`. */
export const heldCase = sql`(${heldPerson(sql`x.citizen_id`)} or exists (
  select from legal_hold h where h.released_at is null and h.case_id = x.id))`;
