import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { call } from '../api/client.ts';
import { useLoad } from './use-load.ts';

const REFRESH_MILLISECONDS = 15_000;

/** How the city's accounts fare, asked again now and then while somebody looks. */
export function useChannelAccounts() {
  const { state, load } = useLoad(() => call('listChannelAccounts'));
  const visible = useDocumentVisibility();
  useIntervalFn(() => visible.value === 'visible' && load(), REFRESH_MILLISECONDS);
  return { state, load };
}
