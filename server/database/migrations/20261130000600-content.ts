import { Migration } from '@mikro-orm/migrations';

/** Services, departments and sentences as the console edits them, and what services ask of whoever reports. */
export class Content extends Migration {
  override up(): void {
    this.addSql(`create table content_version (
      kind text not null check (kind in ('service', 'department', 'phrase')),
      id text not null,
      version integer not null check (version > 0),
      -- Null: as the city's file has it, whatever that comes to say.
      value jsonb,
      edited_by text,
      edited_by_name text,
      at timestamptz not null,
      -- Of two who save the same version one is refused.
      primary key (kind, id, version)
    )`);
    this.addSql('alter table service_case add column answers jsonb');
  }
}
