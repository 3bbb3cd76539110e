import { z } from 'zod';

/** A name that both people and code write: of services, departments, colonias, queues. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(60);

/** 0 urgent, 1 high, 2 normal. */
export const prioritySchema = z.number().int().min(0).max(2);
