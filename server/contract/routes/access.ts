import { z } from 'zod';
import {
  createRoleSchema,
  personViewSchema,
  roleKeySchema,
  roleViewSchema,
  saveRoleSchema,
  secondStepRuleSchema,
  signInSettingsSchema,
} from '../access.ts';
import { endpoints } from '../endpoints.ts';
import { byId, done, route } from './route.ts';

/** Routes of who may do what, and what that requires of signing in. */
export const accessRoutes = {
  listPeople: route({
    ...endpoints.listPeople,
    tag: 'People',
    summary: 'People of the console, with how each comes in: second step, sessions, links that open still',
    access: 'people.manage',
    response: z.array(personViewSchema),
  }),
  listRoles: route({
    ...endpoints.listRoles,
    tag: 'Roles',
    summary: 'The four roles that every city has, then its own, with what each may do',
    access: 'people.manage',
    response: z.array(roleViewSchema),
  }),
  createRole: route({
    ...endpoints.createRole,
    tag: 'Roles',
    summary: 'Make a role, with no permission that the caller lacks; what a permission needs comes with it',
    access: 'roles.manage',
    body: createRoleSchema,
    response: roleViewSchema,
  }),
  saveRole: route({
    ...endpoints.saveRole,
    tag: 'Roles',
    summary: 'Change a role of the city; whoever has it may the new from then on',
    access: 'roles.manage',
    params: byId,
    body: saveRoleSchema,
    response: roleViewSchema,
  }),
  deleteRole: route({
    ...endpoints.deleteRole,
    tag: 'Roles',
    summary: 'Remove a role that nobody has',
    access: 'roles.manage',
    params: byId,
    response: done,
  }),
  saveSecondStepRule: route({
    ...endpoints.saveSecondStepRule,
    tag: 'Roles',
    summary: 'Whether a role requires a second step of signing in, and within how many days',
    access: 'roles.manage',
    params: z.object({ id: roleKeySchema }),
    body: secondStepRuleSchema,
    response: secondStepRuleSchema,
  }),
  signInSettings: route({
    ...endpoints.signInSettings,
    tag: 'Roles',
    summary: 'What holds for signing in, whatever the role',
    access: 'roles.manage',
    response: signInSettingsSchema,
  }),
  saveSignInSettings: route({
    ...endpoints.saveSignInSettings,
    tag: 'Roles',
    summary: 'Change it',
    access: 'roles.manage',
    body: signInSettingsSchema,
    response: signInSettingsSchema,
  }),
} as const;
