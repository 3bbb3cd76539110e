import type { DeviceMemory } from './device-memory.ts';

const LINK = /^#seguir=(v1\.[\w.-]{1,200})$/;

/**
 * Whoever goes on here from a telephone call comes by a link with the token of a chat of their own, in which they have
 * their place. It counts once: a reload or a copied address is another visit.
 */
export function takeLink(memory: Pick<DeviceMemory, 'forget' | 'set'>, visit: { set(open: boolean): void }): void {
  const token = LINK.exec(location.hash)?.[1];
  if (!token) return;
  memory.forget();
  memory.set('token', token);
  memory.set('introduced', true);
  visit.set(true);
  history.replaceState(history.state, '', location.pathname + location.search);
}
