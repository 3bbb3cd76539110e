import { expect, test } from 'vitest';
import { promiseShare } from '../../agent-console/src/composables/service-level.ts';

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
const friday = {
  serviceLevelSeconds: 120,
  serviceLevelDueAt: '2026-11-23T15:01:00Z',
  acceptedAt: null,
  waitingSince: '2026-11-23T01:59:00Z',
};

test('the bar stands still outside hours, fills within them, and tells how late it is', () => {
  expect(promiseShare(friday, at('08:00:00'))).toBe(0);
  expect(promiseShare(friday, at('15:00:00'))).toBe(0.5);
  expect(promiseShare(friday, at('15:03:00'))).toBe(2);
});

test('who was answered once and waits again is measured from then; where nothing is promised there is no bar', () => {
  const again = { ...friday, acceptedAt: '2026-11-23T15:00:00Z', waitingSince: '2026-11-23T16:00:00Z' };
  expect(promiseShare(again, at('16:01:00'))).toBe(0.5);
  expect(promiseShare({ ...friday, serviceLevelDueAt: null }, at('16:00:00'))).toBeNull();
  expect(promiseShare({ ...friday, serviceLevelSeconds: null }, at('16:00:00'))).toBeNull();
});
