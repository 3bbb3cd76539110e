import { type RawBuilder, sql } from 'kysely';

/** Whether somebody takes contacts, as a condition on the `operator` known as `name`; `attends` of them in memory. */
export const takesContacts = (name: string): RawBuilder<boolean> => sql<boolean>`(case
  when ${sql.ref(`${name}.role_id`)} is null then ${sql.ref(`${name}.role`)} <> 'department'
  else exists (
    select from role r where r.id = ${sql.ref(`${name}.role_id`)} and r.permissions ? 'contacts.attend')
end)`;
