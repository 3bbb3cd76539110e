import type { DayChannel } from './volumes.ts';

/** An afternoon of rain: when it falls, by the city's clock, and how hard, 0 to 1. */
const BEGINS = 15.5;
const PEAKS = 16.75;
const ENDS = 19.5;

export function stormAt(hour: number): number {
  if (hour <= BEGINS || hour >= ENDS) return 0;
  return hour < PEAKS ? (hour - BEGINS) / (PEAKS - BEGINS) : (ENDS - hour) / (ENDS - PEAKS);
}

/** Contacts an hour that the rain adds at its height, as a multiple of what comes in an hour of a dry day on average. */
export const stormAdds: Readonly<Record<DayChannel, number>> = {
  voice: 5,
  whatsapp: 5,
  chat: 4,
  messenger: 3,
  sms: 2.5,
  instagram: 2,
  email: 0.3,
};

/** What people report when it rains, by its weight. */
export const stormNeeds: readonly (readonly [string, number])[] = [
  ['inundacion', 26],
  ['arbol-riesgo', 20],
  ['luminaria', 16],
  ['drenaje-tapado', 14],
  ['fuga-agua', 9],
  ['cable-caido', 7],
  ['falta-agua', 4],
  ['semaforo', 4],
];
