import { z } from 'zod';
import { limits } from '../../server/contract/limits.ts';
import { createGraphClient } from '../meta/graph-client.ts';
import type { MetaAccount } from '../meta/meta-account.ts';

/** What people are called: webhooks give only their number. */
export interface Names {
  /** Undefined where Meta does not say, or not soon enough: the message does not wait. */
  of(account: MetaAccount, personId: string): Promise<string | undefined>;
}

const PATIENCE_MS = 1_000;
/** A batch of strangers must not become a burst of questions. */
const AT_ONCE = 8;
const MOST_KEPT = 5_000;

const profileSchema = z.looseObject({
  name: z.string().nullish(),
  first_name: z.string().nullish(),
  username: z.string().nullish(),
});

export function createNames(): Names {
  /** Oldest first. */
  const known = new Map<string, Promise<string | undefined>>();
  let asking = 0;

  async function ask({ channel, settings }: MetaAccount, personId: string): Promise<string | undefined> {
    asking += 1;
    try {
      const fields = channel === 'instagram' ? 'name,username' : 'name,first_name';
      const path = `/${encodeURIComponent(personId)}?fields=${fields}`;
      const answer = await createGraphClient(settings).get(path, PATIENCE_MS);
      const profile = answer.ok ? profileSchema.parse(answer.body) : null;
      const username = profile?.username ? `@${profile.username}` : '';
      return (profile?.name || profile?.first_name || username).slice(0, limits.nameLength) || undefined;
    } finally {
      asking -= 1;
    }
  }

  return {
    of(account, personId) {
      const key = `${account.id}/${personId}`;
      const before = known.get(key);
      if (before) return before;
      if (asking >= AT_ONCE) return Promise.resolve(undefined);
      const name = ask(account, personId).catch(() => {
        // The next message asks again.
        known.delete(key);
        return undefined;
      });
      known.set(key, name);
      const [oldest] = known.keys();
      if (known.size > MOST_KEPT && oldest) known.delete(oldest);
      return name;
    },
  };
}
