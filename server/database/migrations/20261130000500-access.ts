import { Migration } from '@mikro-orm/migrations';

/** Roles that a city makes, what they require of signing in, and invitations that leave by mail. */
export class Access extends Migration {
  override up(): void {
    this.addSql(`create table role (
      id uuid primary key,
      name text not null,
      description text not null default '',
      -- Which of the four that every city has it is a copy of.
      base text not null check (base in ('operator', 'supervisor', 'department', 'administrator')),
      permissions jsonb not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql('create unique index role_name on role (lower(name))');
    this.addSql('alter table operator add column role_id uuid references role (id)');
    this.addSql('alter table operator add column role_since timestamptz');
    // How many have a role, and who, before it is changed or goes.
    this.addSql('create index operator_role on operator (role_id) where role_id is not null');

    // Signed in by the city's own provider: its second step counts.
    this.addSql('alter table auth_session add column by_provider boolean not null default false');

    this.addSql(`alter table invitation
      add column kind text not null default 'invitation' check (kind in ('invitation', 'reset')),
      -- Its link is made from the installation's secret, the person and this; the hash is what recognises it.
      add column nonce uuid,
      add column mail_state text check (mail_state in ('waiting', 'sent', 'failed')),
      add column mail_reason text,
      add column mail_attempts integer not null default 0,
      add column mail_due_at timestamptz,
      add column mailed_at timestamptz,
      add column opened_at timestamptz`);
    this.addSql(`create index invitation_mail_due on invitation (mail_due_at) where mail_state = 'waiting'`);
  }
}
