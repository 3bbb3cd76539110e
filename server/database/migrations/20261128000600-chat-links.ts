import { Migration } from '@mikro-orm/migrations';

/** Links by which callers go on in the chat. */
export class ChatLinks extends Migration {
  override up(): void {
    this.addSql(`create table chat_link (
      -- SHA-256 of what stands in the link: of 192 random bits nothing slower is needed.
      hash text primary key,
      call_id uuid not null references call (id) on delete cascade,
      -- Of the visitor whose chat it opens.
      address text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      -- The one browser that it has opened the chat in, by an id of its own.
      used_by uuid
    )`);
    this.addSql('create index chat_link_call on chat_link (call_id)');
  }
}
