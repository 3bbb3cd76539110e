import type { CaseDesk } from '../contract/bot.ts';

/** The cases of a city that keeps none: for asking the bot without a database. */
export const noCases: CaseDesk = {
  findPlaces: async () => [],
  whereIs: async () => ({ inside: true, coloniaId: null, colonia: null, near: null }),
  nearby: async () => [],
  open: () => Promise.reject(new Error('Without a database no case can be opened')),
  follow: async () => null,
  find: async () => null,
  mine: async () => [],
  reopen: async () => false,
};
