import type { Scope, ScopeResource } from '../contract/administration.ts';
import { type Permission, permissionsOfBase } from '../contract/permissions.ts';
import { api, type Route } from '../contract/routes.ts';

/** What a key must be allowed for the routes of each tag. Tags that are absent are for people alone. */
const RESOURCES: Readonly<Record<string, ScopeResource>> = {
  Cases: 'cases',
  Citizens: 'citizens',
  Tickets: 'tickets',
  'E-mail': 'tickets',
  Content: 'content',
  Broadcasts: 'broadcasts',
  Queues: 'queues',
  Supervision: 'figures',
  Reports: 'figures',
  Channels: 'channels',
};

/** The scope that opens a route to a key; null: none does. */
export function scopeOf({ tag, method, access }: Route): Scope | null {
  const resource = RESOURCES[tag];
  // What only administrators may do changes how the line works: no program does, whatever it is trusted with.
  if (!resource || access === 'public') return null;
  if (access !== 'signed-in' && !permissionsOfBase.supervisor.includes(access)) return null;
  return `${resource}:${method === 'GET' ? 'read' : 'write'}`;
}

/** What somebody must be allowed to give a key these scopes: all that it opens, and to see what it sees. */
export function permissionsBehind(scopes: readonly Scope[]): Permission[] {
  const opened = Object.values(api).flatMap((route: Route) => {
    const scope = scopeOf(route);
    const { access } = route;
    return scope && scopes.includes(scope) && access !== 'public' && access !== 'signed-in' ? [access] : [];
  });
  return [...new Set<Permission>([...opened, 'contacts.all'])];
}
