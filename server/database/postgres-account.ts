import { execFile } from 'node:child_process';
import { access, constants, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const accountName = 'postgres';

/** Who PostgreSQL runs as; `null` is the user of this process. */
export type PostgresAccount = { uid: number; gid: number } | null;

export interface PostgresCommand {
  file: string;
  args: string[];
  /** PostgreSQL gets nothing of our environment: it holds secrets, and a language the machine may not have. */
  options: { uid?: number; gid?: number; env: Record<string, string> };
}

/**
 * PostgreSQL refuses to run as root. Under root it runs as the owner of its data, or for a new cluster as the
 * system user `postgres`, which is created when the machine has none.
 */
export async function postgresAccount(clusterDir: string): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(clusterDir).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = (await findAccount()) ?? (await createAccount());
  // A backup restored by root belongs to root.
  if (owner) await run('chown', ['-R', `${account.uid}:${account.gid}`, clusterDir]);
  return account;
}

/**
 * The way to run `file` as `account`. When that user cannot pass through the folders above `paths` (a checkout
 * under /root, which is closed to others), the command is given the capability to do so, so that nobody has to
 * open a home folder for it.
 */
export async function commandAs(
  account: PostgresAccount,
  file: string,
  args: string[],
  paths: string[],
): Promise<PostgresCommand> {
  if (!account) return { file, args, options: { env: {} } };
  if (await canReach(account, [file, ...paths])) return { file, args, options: { ...account, env: {} } };
  const [setpriv, capability] = await Promise.all([findSetpriv(), findCapability()]);
  if (!setpriv || !capability) {
    throw new Error(
      `The user "${accountName}" cannot enter ${path.dirname(file)} or ${paths.join(', ')}: ` +
        'install the server outside a private folder, run it as another user, or set DATABASE_URL.',
    );
  }
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  // Without the bit, access(2) ignores the capability, and PostgreSQL asks it whether its own programs are there.
  const capabilities = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, '--securebits=+no_setuid_fixup'];
  return { file: setpriv, args: [...identity, ...capabilities, '--', file, ...args], options: { env: {} } };
}

async function findAccount(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', accountName]), run('id', ['-g', accountName])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function createAccount(): Promise<{ uid: number; gid: number }> {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await run('useradd', [...flags, accountName]).catch(() => null);
  const account = await findAccount();
  if (account) return account;
  throw new Error(
    `PostgreSQL does not run as root, and the user "${accountName}" could not be made. ` +
      'Make it, run the server as another user, or set DATABASE_URL.',
  );
}

async function canReach({ uid, gid }: { uid: number; gid: number }, paths: string[]): Promise<boolean> {
  const folders = new Set(paths.flatMap(foldersAbove));
  for (const folder of folders) {
    const { mode, uid: owner, gid: group } = await stat(folder);
    const execute = owner === uid ? constants.S_IXUSR : group === gid ? constants.S_IXGRP : constants.S_IXOTH;
    if ((mode & execute) === 0) return false;
  }
  return true;
}

function foldersAbove(target: string): string[] {
  const parent = path.dirname(target);
  return parent === target ? [target] : [parent, ...foldersAbove(parent)];
}

async function findSetpriv(): Promise<string | undefined> {
  for (const file of ['/usr/bin/setpriv', '/bin/setpriv']) {
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

/** The lesser of the two that this root has; in a container it may have only the second. See capabilities(7). */
async function findCapability(): Promise<string | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const permitted = BigInt(`0x${/^CapPrm:\s*(\w+)/m.exec(status)?.[1] ?? '0'}`);
  const known = [
    { name: 'dac_read_search', bit: 2n },
    { name: 'dac_override', bit: 1n },
  ];
  return known.find(({ bit }) => permitted & (1n << bit))?.name;
}
