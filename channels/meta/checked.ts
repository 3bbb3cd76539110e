import type { z } from 'zod';
import type { Finding, Template } from '../../server/contract/messaging.ts';
import { createGraphClient, type GraphClient } from './graph-client.ts';
import { codeOf, type GraphError } from './graph-error.ts';
import type { MetaAccount } from './meta-account.ts';

/** What a check works with. */
export interface Checked {
  account: MetaAccount;
  graph: GraphClient;
  /** Null: this server has no address that Meta could reach. */
  publicUrl: string | null;
  templates: readonly Template[];
}

/** The app that the token was made for. */
export interface MetaApp {
  id: string;
  /** As the app itself: what only its owner may ask. */
  graph: GraphClient;
}

/** Meta said no. */
export class GraphRefusal extends Error {
  readonly error: GraphError;

  constructor(error: GraphError) {
    super(`Meta respondió ${codeOf(error)}: ${error.message}`);
    this.error = error;
  }
}

/** @throws GraphRefusal, or what the network makes of it */
export async function ask<T>(graph: GraphClient, path: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await graph.get(path);
  if (!answer.ok) throw new GraphRefusal(answer.error);
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw new Error('Meta respondió algo que aquí no se conoce', { cause: parsed.error });
  return parsed.data;
}

export const asApp = ({ account }: Checked, id: string): GraphClient =>
  createGraphClient({ ...account.settings, accessToken: `${id}|${account.settings.appSecret}` });

/** The settings of a channel's accounts begin so. */
export const settingOf = ({ account }: Checked, name: string): string => `${account.channel.toUpperCase()}_${name}`;

export const good = (what: string): Finding => ({ verdict: 'good', what });
export const bad = (what: string, remedy: string): Finding => ({ verdict: 'bad', what, remedy });
export const doubtful = (what: string, remedy: string): Finding => ({ verdict: 'unknown', what, remedy });
