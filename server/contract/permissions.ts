/**
 * What people of the console may do. Every route names one of these, and every button that leads there asks for the
 * same. Free of schemas, so that a browser can load it alone; what each means in words is in `permission-words.ts`.
 */
export const permissionGroups = {
  contacts: ['contacts.read', 'contacts.attend', 'contacts.all', 'contacts.intervene'],
  calls: ['calls.take', 'calls.start', 'calls.listen', 'calls.recordings'],
  citizens: ['citizens.read', 'citizens.edit', 'citizens.merge'],
  cases: ['cases.read', 'cases.open', 'cases.work', 'cases.all'],
  broadcasts: ['broadcasts.write', 'broadcasts.approve'],
  board: ['board.read', 'board.act', 'board.announce'],
  reports: ['reports.read', 'reports.export'],
  quality: ['quality.review', 'quality.manage'],
  content: ['content.read', 'replies.edit', 'articles.edit', 'bot.teach', 'city.edit'],
  team: ['queues.manage', 'channels.read', 'channels.manage'],
  accounts: ['people.manage', 'people.access', 'people.grant', 'roles.manage'],
  data: ['data.requests', 'data.retention', 'data.import', 'sample-day.manage'],
  system: ['audit.read', 'integrations.manage', 'system.jobs'],
} as const;

export type PermissionGroup = keyof typeof permissionGroups;
export type Permission = (typeof permissionGroups)[PermissionGroup][number];

export const permissions: readonly Permission[] = Object.values(permissionGroups).flat();

/** What each is worth nothing without: whoever has the one has the others. */
export const permissionNeeds: Readonly<Partial<Record<Permission, readonly Permission[]>>> = {
  'contacts.attend': ['contacts.read'],
  'contacts.all': ['contacts.read'],
  'contacts.intervene': ['contacts.attend', 'contacts.all'],
  'calls.take': ['contacts.attend'],
  'calls.start': ['calls.take'],
  'calls.listen': ['calls.take', 'contacts.all'],
  'calls.recordings': ['contacts.read'],
  'citizens.edit': ['citizens.read'],
  'citizens.merge': ['citizens.read'],
  'cases.open': ['cases.read'],
  'cases.work': ['cases.read'],
  'cases.all': ['cases.read'],
  'broadcasts.write': ['cases.read'],
  'broadcasts.approve': ['broadcasts.write'],
  'board.act': ['board.read'],
  'board.announce': ['board.read'],
  'reports.export': ['reports.read'],
  'quality.review': ['contacts.all'],
  'quality.manage': ['quality.review'],
  'replies.edit': ['content.read'],
  'articles.edit': ['content.read'],
  'bot.teach': ['content.read'],
  'channels.manage': ['channels.read'],
  'people.access': ['people.manage'],
  'people.grant': ['people.manage'],
  'roles.manage': ['people.manage'],
};

/** Those of `given` with all that they need, in the order of the list. */
export function withNeeds(given: Iterable<Permission>): Permission[] {
  const held = new Set<Permission>();
  const hold = (permission: Permission): void => {
    if (held.has(permission)) return;
    held.add(permission);
    for (const needed of permissionNeeds[permission] ?? []) hold(needed);
  };
  for (const permission of given) hold(permission);
  return permissions.filter((permission) => held.has(permission));
}

/** Those of `given` that are left when one is taken away: what needs it goes as well. */
export const without = (given: readonly Permission[], taken: Permission): Permission[] =>
  given.filter((permission) => !withNeeds([permission]).includes(taken));

export const baseRoles = ['operator', 'supervisor', 'department', 'administrator'] as const;
export type BaseRole = (typeof baseRoles)[number];

const ofOperators: readonly Permission[] = [
  ...permissionGroups.citizens,
  ...permissionGroups.cases,
  'contacts.read',
  'contacts.attend',
  'calls.take',
  'calls.start',
  'calls.recordings',
  'broadcasts.write',
  'content.read',
];

/** What the four roles that every city has may do. Those that a city makes begin as a copy of one. */
export const permissionsOfBase: Readonly<Record<BaseRole, readonly Permission[]>> = {
  operator: withNeeds(ofOperators),
  supervisor: withNeeds([
    ...ofOperators,
    ...permissionGroups.contacts,
    ...permissionGroups.calls,
    ...permissionGroups.broadcasts,
    ...permissionGroups.board,
    ...permissionGroups.reports,
    'quality.review',
    'replies.edit',
    'articles.edit',
    'bot.teach',
    'channels.read',
    'sample-day.manage',
  ]),
  department: withNeeds(['cases.read', 'cases.open', 'cases.work']),
  administrator: permissions,
};

/** Whether somebody may. */
export const may = (somebody: { permissions: readonly Permission[] }, permission: Permission): boolean =>
  somebody.permissions.includes(permission);
