import { Migration } from '@mikro-orm/migrations';

/**
 * What the bot answered counts while it still has the contact, and a contact is where its case is, wherever that was put
 * since: neither writes a line of the contact's story.
 */
export class FactsFollowTurns extends Migration {
  override up(): void {
    for (const operation of ['insert', 'update'] as const) {
      this.addSql(`create trigger bot_turn_${operation}_marks_stale after ${operation} on bot_turn
        referencing new table as changed for each statement execute function mark_contacts_stale()`);
    }
    this.addSql(`create function mark_contacts_of_moved_cases_stale() returns trigger language plpgsql as $$
      begin
        insert into contact_stale (ticket_id)
        select distinct k.ticket_id from changed c
        join before b on b.id = c.id
          and (b.colonia_id is distinct from c.colonia_id or b.protected is distinct from c.protected)
        join case_ticket k on k.case_id = c.id;
        return null;
      end $$`);
    this.addSql(`create trigger service_case_update_marks_stale after update on service_case
      referencing old table as before new table as changed
      for each statement execute function mark_contacts_of_moved_cases_stale()`);
    this.addSql('insert into contact_stale (ticket_id) select distinct ticket_id from bot_turn');
  }
}
