import { describe, expect, test } from 'vitest';
import { bareSubject, isForwardSubject, messageIds, threadKeys } from '../../channels/email/threading/thread-keys.ts';

describe('Message-IDs', () => {
  test.for([
    ['<a@b>', ['<a@b>']],
    ['<a@b>\r\n\t<c@d>  <a@b>', ['<a@b>', '<c@d>']],
    ['<a@b><c@d>', ['<a@b>', '<c@d>']],
    ['a@b', ['<a@b>']],
    ['Message from Ana of <3 Nov> <a@b>', ['<a@b>']],
    ['<a\r\n @b>', ['<a@b>']],
    ['<sin-arroba>', ['<sin-arroba>']],
    [`<${'x'.repeat(300)}@b>`, []],
    ['<> <<a@b>>', ['<a@b>']],
    ['', []],
  ] as const)('of %j', ([value, ids]) => {
    expect(messageIds(value)).toEqual(ids);
  });

  test('of an endless list: the root and the nearest ninety-nine', () => {
    const ids = messageIds(Array.from({ length: 3_000 }, (_, at) => `<${at}@b>`).join(' '));
    expect(ids).toHaveLength(100);
    expect([ids[0], ids[1], ids.at(-1)]).toEqual(['<0@b>', '<2901@b>', '<2999@b>']);
  });
});

test('what a mail answers comes nearest first, then the plus of the address, then the subject', () => {
  expect(
    threadKeys({
      inReplyTo: ['<3@b>'],
      references: ['<1@b>', '<2@b>', '<3@b>'],
      recipients: ['Atencion+t9K2@Veracruz.example', 'atencion@veracruz.example', 'copia+t9K2@veracruz.example'],
      subject: 'RE: [#1234] RV: Bache',
    }),
  ).toEqual({
    answers: ['<3@b>', '<2@b>', '<1@b>'],
    plusTags: [{ address: 'atencion@veracruz.example', tag: 't9K2' }],
    subjectTag: '1234',
    subject: 'Bache',
  });
});

test.for([
  ['Re: RE: Fwd: Bache', 'Bache'],
  ['AW: WG: Schlagloch', 'Schlagloch'],
  ['回复：路灯', '路灯'],
  ['Re[2]: Bache', 'Bache'],
  ['[#12] Bache [#12]', 'Bache'],
  ['Rebaja de predial', 'Rebaja de predial'],
])('the subject %j is about %j', ([subject, bare]) => {
  expect(bareSubject(subject ?? '')).toBe(bare);
});

test.for([
  ['Fwd: Bache', true],
  ['RV: Bache', true],
  ['WG: Schlagloch', true],
  ['转发：路灯', true],
  ['Re: Fwd: Bache', false],
  ['RE: RV: Bache', false],
  ['Bache', false],
] as const)('%j passes a mail on: %j', ([subject, forwards]) => {
  expect(isForwardSubject(subject)).toBe(forwards);
});
