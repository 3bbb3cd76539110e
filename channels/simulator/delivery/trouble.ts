import { z } from 'zod';

/** What can go wrong with the city's next message, whoever carries it. */
export const mishaps = ['window_closed', 'unreachable', 'opted_out', 'too_many_requests', 'provider_down'] as const;
export type Mishap = (typeof mishaps)[number];

/** What is done to webhooks on purpose, and to the city's next message. */
export const troubleSchema = z.object({
  /** Every webhook comes so many seconds late. */
  delaySeconds: z.number().min(0).max(3_600),
  /** Every webhook comes twice. */
  double: z.boolean(),
  /** What happens within a short while comes in any order. */
  disorder: z.boolean(),
  /** Meta alone: what happens within a short while comes in one webhook. */
  batch: z.boolean(),
  /** The next message of the city fails so. */
  failNext: z.enum(mishaps).nullable(),
  /** Twilio alone: its REST API answers nothing but that it is out of order. */
  apiDown: z.boolean(),
  /** Twilio alone: its REST API takes so many seconds for every answer. */
  apiDelaySeconds: z.number().min(0).max(120),
});
export type Trouble = z.infer<typeof troubleSchema>;

export const noTrouble: Trouble = {
  delaySeconds: 0,
  double: false,
  disorder: false,
  batch: false,
  failNext: null,
  apiDown: false,
  apiDelaySeconds: 0,
};

/** How long webhooks are gathered before they come in any order, or in one. */
export const GATHER_SECONDS = 1.5;
