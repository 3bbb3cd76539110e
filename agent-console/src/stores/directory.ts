import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { call, type Output } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from './connection.ts';
import { useSession } from './session.ts';

/** What the console keeps in memory of the city: names, queues, people, canned replies. */
export const useDirectory = defineStore('directory', () => {
  const city = ref<Output<'consoleCity'> | null>(null);
  const queues = ref<Output<'listQueues'>>([]);
  const operators = ref<Output<'listOperators'>>([]);
  const cannedReplies = ref<Output<'listCannedReplies'>>([]);

  const queueById = computed(() => new Map(queues.value.map((queue) => [queue.id, queue])));
  const operatorById = computed(() => new Map(operators.value.map((operator) => [operator.id, operator])));
  const dispositionById = computed(() => new Map(city.value?.dispositions.map((each) => [each.id, each]) ?? []));

  /** What can be reported now; `serviceById` knows as well what once could. */
  const services = computed(() => (city.value?.services ?? []).filter(({ active }) => active));
  const serviceById = computed(() => new Map(city.value?.services.map((each) => [each.id, each]) ?? []));
  /** Those that work cases now; `departmentTitle` knows the others as well. */
  const departments = computed(() => (city.value?.allDepartments ?? []).filter(({ active }) => active));
  const departmentById = computed(() => new Map(city.value?.allDepartments.map((each) => [each.id, each]) ?? []));
  const departmentTitle = (id: string) => departmentById.value.get(id)?.title ?? id;

  const loaders = {
    city: async () => {
      city.value = await call('consoleCity');
      document.documentElement.style.setProperty('--city-accent', city.value.accent);
    },
    queues: async () => {
      queues.value = await call('listQueues');
    },
    operators: async () => {
      operators.value = await call('listOperators');
    },
    'canned-replies': async () => {
      if (useSession().may('content.read')) cannedReplies.value = await call('listCannedReplies');
    },
  };
  type Part = keyof typeof loaders;

  async function load(...parts: Part[]) {
    const wanted = parts.length > 0 ? parts : (Object.keys(loaders) as Part[]);
    await Promise.all(wanted.map((part) => loaders[part]()));
  }
  // A failed reload leaves the older copy in place; the next change or reconnection loads again.
  const refresh = (...parts: Part[]) => load(...parts).catch(() => {});

  consoleSocket().on('changed', ({ what }) => {
    // Services and departments are part of the city.
    if (what === 'content') void refresh('city');
    else if (what in loaders) void refresh(what as Part);
  });
  consoleSocket().on('presence', (presence) => {
    const operator = operatorById.value.get(presence.operatorId);
    if (operator) operator.presence = presence;
  });
  useConnection().onReconnect(() => refresh());

  return {
    city,
    queues,
    operators,
    cannedReplies,
    queueById,
    operatorById,
    dispositionById,
    services,
    serviceById,
    departments,
    departmentTitle,
    load,
  };
});
