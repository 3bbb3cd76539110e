import { type RawBuilder, sql } from 'kysely';

/** Whether somebody has a telephone call, is offered one, finishes up after one, or is in the call of another. */
export const isOnCall = (operatorId: RawBuilder<unknown>): RawBuilder<boolean> => sql`(
  exists (
    select from ticket v
    where v.operator_id = ${operatorId} and v.channel = 'voice' and v.state in ('offered', 'assigned'))
  or exists (select from call_leg l where l.operator_id = ${operatorId} and l.state in ('ringing', 'joined')))`;
