import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { RoutingSettings } from '../../../server/contract/routing.ts';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from './connection.ts';

/** Who is asked to take what; loaded when a screen first speaks of it. */
export const useRouting = defineStore('routing', () => {
  const settings = ref<RoutingSettings | null>(null);
  const skillById = computed(() => new Map(settings.value?.skills.map((skill) => [skill.id, skill]) ?? []));
  let loading: Promise<void> | null = null;

  async function load() {
    settings.value = await call('routingSettings');
  }
  /** Once for however many ask; a failure lets the next one try again. */
  function need(): Promise<void> {
    loading ??= load().catch((failure) => {
      loading = null;
      throw failure;
    });
    return loading;
  }
  async function save(next: RoutingSettings) {
    settings.value = await call('saveRoutingSettings', { body: next });
  }

  const refresh = () => (loading ? load().catch(() => {}) : undefined);
  consoleSocket().on('changed', ({ what }) => {
    if (what === 'routing') void refresh();
  });
  useConnection().onReconnect(() => void refresh());

  return { settings, skillById, need, save };
});
