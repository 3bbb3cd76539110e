import { Migration } from '@mikro-orm/migrations';

/** Telephone calls: their legs, what is known of them, recordings, and calls that people wait for. */
export class Calls extends Migration {
  override up(): void {
    this.addSql(`create table call (
      id uuid primary key,
      ticket_id uuid not null references ticket (id),
      conversation_id uuid not null references conversation (id),
      channel_account_id text not null,
      -- The line's id of it; null until the line has taken a call that we make.
      provider_call_id text,
      line text not null check (line in ('twilio', 'web')),
      direction text not null check (direction in ('in', 'out')),
      from_address text,
      to_address text,
      stage text not null
        check (stage in ('dialling', 'bot', 'queue', 'connecting', 'room', 'voicemail', 'ended')),
      -- The last step that the caller's end was given, and up to where of the conversation was spoken.
      turn integer not null default 0,
      spoken_seq integer not null default 0,
      -- What the answer to a step already given was: an end that asks again hears the same.
      last_steps jsonb,
      script jsonb,
      -- The number outside that they are being passed on to.
      transfer_to text,
      recording text not null check (recording in ('no', 'on', 'paused', 'protected')),
      -- Made by the console: a double click is one call.
      client_id uuid unique,
      started_at timestamptz not null,
      answered_at timestamptz,
      ended_at timestamptz,
      outcome text,
      abandoned_in text,
      times jsonb,
      wrap_up_until timestamptz,
      wrapped_up_at timestamptz,
      -- When its line is asked how it stands, should nothing be heard of it until then.
      look_at timestamptz,
      version integer not null default 0,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql(`create unique index call_provider on call (channel_account_id, provider_call_id)
      where provider_call_id is not null`);
    this.addSql('create index call_ticket on call (ticket_id, started_at)');
    this.addSql('create index call_live on call (look_at) where ended_at is null');
    // A ticket has one call at a time.
    this.addSql('create unique index call_ticket_live on call (ticket_id) where ended_at is null');
    this.addSql('create index call_newest on call (started_at desc, id)');
    this.addSql(`create index call_abandoned on call (started_at desc, id) where outcome = 'abandoned'`);
    this.addSql(
      'create index call_wrap_up on call (wrap_up_until) where wrap_up_until is not null and wrapped_up_at is null',
    );

    this.addSql(`create table call_leg (
      id uuid primary key,
      call_id uuid not null references call (id),
      role text not null check (role in ('citizen', 'operator', 'consulted', 'supervisor', 'outside')),
      operator_id text,
      name text,
      address text,
      provider_leg_id text,
      state text not null check (state in ('ringing', 'joined', 'left', 'unreached')),
      held boolean not null default false,
      silent boolean not null default false,
      whispers_to uuid,
      -- Until when somebody may answer; then they are not reached.
      rings_until timestamptz,
      joined_at timestamptz,
      left_at timestamptz,
      -- A browser was last heard of: the lease of a leg on the web.
      seen_at timestamptz,
      quality real,
      created_at timestamptz not null
    )`);
    this.addSql('create index call_leg_call on call_leg (call_id, created_at)');
    // Nobody is on two calls, and nobody stays on one that is over.
    this.addSql(`create unique index call_leg_operator on call_leg (operator_id)
      where operator_id is not null and state in ('ringing', 'joined')`);
    this.addSql(`create index call_leg_live on call_leg (seen_at) where state in ('ringing', 'joined')`);

    // What is known of a call, in whichever order it came: its record is drawn from these.
    this.addSql(`create table call_fact (
      call_id uuid not null references call (id),
      key text not null,
      id bigint generated always as identity,
      at timestamptz not null,
      sequence integer not null,
      kind text not null,
      leg_id uuid,
      data jsonb not null,
      received_at timestamptz not null,
      primary key (call_id, key)
    )`);

    this.addSql(`create table call_recording (
      id uuid primary key,
      call_id uuid not null references call (id),
      kind text not null check (kind in ('call', 'voicemail')),
      state text not null check (state in ('arriving', 'kept', 'lost', 'erased')),
      -- Told twice, it is one.
      key text not null,
      source jsonb,
      attachment_id uuid,
      started_at timestamptz not null,
      milliseconds integer,
      transcript text,
      tries smallint not null default 0,
      next_at timestamptz,
      erase_after timestamptz,
      erased_at timestamptz,
      created_at timestamptz not null,
      unique (call_id, key)
    )`);
    this.addSql('create index call_recording_due on call_recording (next_at) where next_at is not null');
    this.addSql(`create index call_recording_old on call_recording (erase_after) where state = 'kept'`);

    this.addSql(`create table callback (
      ticket_id uuid primary key references ticket (id),
      phone text not null,
      why text not null check (why in ('asked', 'abandoned', 'voicemail')),
      -- The line whose number they know.
      channel_account_id text not null,
      wanted_at timestamptz not null,
      tries smallint not null default 0,
      last_tried_at timestamptz,
      done_at timestamptz
    )`);
    this.addSql('create index callback_open on callback (wanted_at) where done_at is null');

    // Whose microphone is ready.
    this.addSql('alter table presence add column takes_calls boolean not null default false');
  }
}
