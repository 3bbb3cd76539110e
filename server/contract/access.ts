import { z } from 'zod';
import { meSchema, operatorSchema, permissionSchema, presenceSchema, roleSchema } from './http.ts';
import { timestampSchema } from './message.ts';

/** Shapes of roles, and of what they require of signing in. */

export const MOST_GRACE_DAYS = 60;

export const secondStepRuleSchema = z.object({
  required: z.boolean(),
  graceDays: z.number().int().min(0).max(MOST_GRACE_DAYS).describe('Days that people have to set it up'),
});
export type SecondStepRule = z.infer<typeof secondStepRuleSchema>;

export const roleViewSchema = z.object({
  id: z.uuid().nullable().describe('Null: one of the four that every city has'),
  name: z.string().nullable().describe('Null: as the console calls the base role'),
  description: z.string(),
  base: roleSchema,
  permissions: z.array(permissionSchema),
  people: z.number().int().nonnegative().describe('Who have it and are not disabled'),
  secondStep: secondStepRuleSchema,
  updatedAt: timestampSchema.nullable(),
});
export type RoleView = z.infer<typeof roleViewSchema>;

export const saveRoleSchema = z.object({
  name: z.string().trim().min(1).max(60),
  description: z.string().trim().max(300).default(''),
  permissions: z.array(permissionSchema).max(200),
});
export const createRoleSchema = saveRoleSchema.extend({ base: roleSchema.describe('What it is a copy of') });

/** A base role, or the id of one that the city made. */
export const roleKeySchema = z.union([roleSchema, z.uuid()]);

export const signInSettingsSchema = z.object({
  providerExempt: z.boolean().describe("Whoever comes by the city's own provider needs no second step of ours"),
});
export type SignInSettings = z.infer<typeof signInSettingsSchema>;

// ── People, as whoever manages them sees them ─────────────────────────────────────────────────────────────────

export const pendingInvitationSchema = z.object({
  kind: z.enum(['invitation', 'reset']),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
  openedAt: timestampSchema.nullable().describe('When its link was first looked at'),
  mail: z
    .object({
      state: z.enum(['waiting', 'sent', 'failed']),
      reason: z.string().nullable().describe('Why it did not leave, as the mail server or the network said'),
      sentAt: timestampSchema.nullable(),
    })
    .nullable()
    .describe('Null: the link was handed over otherwise'),
});
export type PendingInvitation = z.infer<typeof pendingInvitationSchema>;

export const personViewSchema = operatorSchema.extend({
  presence: presenceSchema.nullable(),
  secondStep: meSchema.shape.secondStep,
  secondStepDueAt: meSchema.shape.secondStepDueAt,
  sessions: z.number().int().nonnegative().describe('Where they are signed in now'),
  invitation: pendingInvitationSchema.nullable().describe('A link that opens still'),
});
export type PersonView = z.infer<typeof personViewSchema>;
