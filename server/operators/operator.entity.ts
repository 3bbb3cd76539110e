import { defineEntity, p } from '@mikro-orm/core';
import type { Locale } from '../contract/errors.ts';
import type { Role } from '../contract/http.ts';

/** Somebody who signs in to the console. better-auth's user table is this one. */
export const Operator = defineEntity({
  name: 'Operator',
  tableName: 'operator',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    email: p.text(),
    emailVerified: p.boolean(),
    image: p.text().nullable(),
    /** A base role, or the one that theirs was made from. */
    role: p.text().$type<Role>(),
    /** A role that the city made. */
    roleId: p.uuid().nullable().default(null),
    /** Since when they have it: what it requires of their sign-in is due from then on. */
    roleSince: p.datetime().nullable().default(null),
    capacity: p.smallint(),
    locale: p.text().$type<Locale>(),
    disabled: p.boolean(),
    /** Of somebody who sees cases of one department only: of which. */
    departmentId: p.text().nullable(),
    /** Signing in takes a code, too. */
    twoFactorEnabled: p.boolean().default(false),
    /** Sees what is protected. */
    protectedGrant: p.boolean(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** What somebody can do that not everybody can. */
export const OperatorSkill = defineEntity({
  name: 'OperatorSkill',
  tableName: 'operator_skill',
  properties: {
    operatorId: p.text().primary(),
    skillId: p.text().primary(),
  },
});

export const QueueOperator = defineEntity({
  name: 'QueueOperator',
  tableName: 'queue_operator',
  properties: {
    queueId: p.text().primary(),
    operatorId: p.text().primary(),
  },
});
