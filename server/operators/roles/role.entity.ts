import { defineEntity, p } from '@mikro-orm/core';
import type { BaseRole, Permission } from '../../contract/permissions.ts';

/** A role that the city made, as a copy of one of the four that every city has. */
export const RoleOfCity = defineEntity({
  name: 'RoleOfCity',
  tableName: 'role',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text(),
    base: p.text().$type<BaseRole>(),
    permissions: p.json<Permission[]>(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
