import { expect, test } from 'vitest';
import type { CallLeg } from '../../server/contract/call.ts';
import type { RoomMember } from '../../server/contract/call-room.ts';
import { roomFor } from '../../server/contract/who-hears.ts';
import { gatesOf, recordedOf } from '../../softphone/gates.ts';

const someone = (role: RoomMember['role'], more: Partial<RoomMember> = {}): RoomMember => ({
  legId: role,
  role,
  name: null,
  held: false,
  silent: false,
  whispersTo: null,
  ...more,
});
const between = (you: string, other: string, members: RoomMember[]) => gatesOf(you, members).get(other);

test('two who talk hear each other, and who is not in the room has no way to anybody', () => {
  const room = [someone('citizen'), someone('operator')];
  expect(between('citizen', 'operator', room)).toEqual({ hearing: true, heard: true, relays: [] });
  expect(gatesOf('consulted', room).size).toBe(0);
});

test('on hold nobody is heard, while the others consult', () => {
  const room = [someone('citizen', { held: true }), someone('operator'), someone('consulted')];
  expect(between('operator', 'citizen', room)).toMatchObject({ hearing: false, heard: false });
  expect(between('consulted', 'citizen', room)).toMatchObject({ hearing: false, heard: false });
  expect(between('operator', 'consulted', room)).toMatchObject({ hearing: true, heard: true });
});

test('a supervisor who listens hears both, the citizen by way of the operator, and is heard by none', () => {
  const room = [someone('citizen'), someone('operator'), someone('supervisor', { silent: true })];
  expect(between('operator', 'supervisor', room)).toEqual({ hearing: false, heard: true, relays: ['citizen'] });
  expect(between('supervisor', 'operator', room)).toEqual({ hearing: true, heard: false, relays: [] });
  expect(between('citizen', 'supervisor', room)).toBeUndefined();
  expect(between('supervisor', 'citizen', room)).toBeUndefined();
});

test('a whisper reaches the operator alone; whoever joins is heard by all', () => {
  const whispering = [
    someone('citizen'),
    someone('operator'),
    someone('supervisor', { silent: true, whispersTo: 'operator' }),
  ];
  expect(between('operator', 'supervisor', whispering)).toMatchObject({ hearing: true, heard: true });
  expect(between('citizen', 'supervisor', whispering)).toBeUndefined();
  const joined = [someone('citizen'), someone('operator'), someone('supervisor')];
  expect(between('citizen', 'supervisor', joined)).toEqual({ hearing: true, heard: true, relays: [] });
  expect(between('operator', 'supervisor', joined)?.relays).toEqual([]);
});

test('nobody on hold is passed on to a supervisor', () => {
  const room = [someone('citizen', { held: true }), someone('operator'), someone('supervisor', { silent: true })];
  expect(between('operator', 'supervisor', room)?.relays).toEqual([]);
});

test('recorded is what the citizen says and hears, and nothing while they are on hold', () => {
  const whisper = someone('supervisor', { silent: true, whispersTo: 'operator' });
  expect([...recordedOf([someone('citizen'), someone('operator'), whisper])]).toEqual(['citizen', 'operator']);
  const consulting = [someone('citizen', { held: true }), someone('operator'), someone('consulted')];
  expect(recordedOf(consulting).size).toBe(0);
});

test('the citizen reads first names, and nothing of whoever listens', () => {
  const leg = (role: CallLeg['role'], more: Partial<CallLeg> = {}): CallLeg => ({
    id: role,
    role,
    operatorId: null,
    name: 'Ana Ruiz',
    address: null,
    state: 'joined',
    held: false,
    silent: false,
    whispersTo: null,
    joinedAt: null,
    leftAt: null,
    ...more,
  });
  const citizen = leg('citizen', { name: null });
  const operator = leg('operator');
  const legs = [citizen, operator, leg('supervisor', { silent: true }), leg('consulted', { state: 'ringing' })];
  const seenBy = (you: CallLeg) =>
    roomFor(you, { id: 'call', version: 3, legs }).members.map(({ legId, name }) => `${legId} ${name}`);
  expect(seenBy(citizen)).toEqual(['citizen null', 'operator Ana']);
  expect(seenBy(operator)).toEqual(['citizen null', 'operator Ana Ruiz', 'supervisor Ana Ruiz']);
});
