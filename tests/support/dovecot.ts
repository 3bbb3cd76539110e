import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { freePort } from '../../server/database/free-port.ts';
import { startProcess } from './child-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

export interface Dovecot {
  port: number;
  /** Settings that make a contact centre read the sample city's mailboxes here, each as the user of its name. */
  settings: Record<`IMAP_${string}`, string | number>;
  /** Puts a mail into somebody's inbox, or another folder of theirs, as an MTA would. */
  deliver(user: string, raw: string | Buffer, folder?: string): Promise<void>;
  /** A mail that somebody has read there already. */
  deliverSeen(user: string, raw: string): Promise<void>;
  makeFolder(user: string, folder: string): Promise<void>;
  /** How many mails of the inbox, or another folder, are marked seen, and how many are there. */
  count(user: string, folder?: string): Promise<{ seen: number; all: number }>;
  /** All mails of the inbox. */
  mails(user: string): Promise<{ seen: boolean; raw: string }[]>;
  /** Makes it forget how it numbered somebody's mails; it restarts for that. */
  renumber(user: string): Promise<void>;
  /** Closes every connection and comes back on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const mailboxPassword = 'contraseña';

export interface DovecotOptions {
  /** Further lines of its configuration. */
  config?: string;
  /** Where tokens are asked about (RFC 7662), by which people sign in instead of by the one password. */
  introspectionUrl?: string;
}

/** Debian's Dovecot with Maildir in a temporary folder: any user, one password. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const folder = await temporaryFolder('dovecot');
  await chmod(folder.path, 0o755);
  const port = await freePort();
  const { uid, gid } = userInfo();
  const owner = uid === 0 ? { uid: 65_534, gid: 65_534 } : { uid, gid };
  const account = uid === 0 ? { user: 'nobody', group: 'nogroup' } : { user: userInfo().username, group: String(gid) };
  const home = path.join(folder.path, 'mail');
  await mkdir(home, { recursive: true });
  await chown(home, owner.uid, owner.gid);
  const config = path.join(folder.path, 'dovecot.conf');
  const tokens = path.join(folder.path, 'tokens.conf');
  await writeFile(tokens, tokenConfig(options.introspectionUrl ?? ''));
  await writeFile(
    config,
    `protocols = imap
listen = 127.0.0.1
base_dir = ${folder.path}/run
state_dir = ${folder.path}/state
log_path = ${folder.path}/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = ${account.user}
default_login_user = ${account.user}
default_internal_group = ${account.group}
first_valid_uid = 1
mailbox_idle_check_interval = 1s
auth_failure_delay = 0
mail_location = maildir:${home}/%u
mail_uid = ${owner.uid}
mail_gid = ${owner.gid}
service imap-login {
  inet_listener imap { 
    port = ${port} 
  }
  inet_listener imaps { 
    port = 0 
  }
  chroot =
}
service anvil { 
  chroot = 
}
${options.introspectionUrl ? oauthSignIn(tokens) : passwordSignIn}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${home}/%u
}
${options.config ?? ''}
`,
  );

  const run = async () => {
    const running = await startProcess('dovecot', ['-F', '-c', config], { cwd: folder.path, env: process.env });
    await until(() => answers(port), { what: 'Dovecot' });
    return running;
  };
  let server = await run();
  const end = async () => {
    // A connection that is open outlives the server that took it.
    const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
    await server.end('SIGTERM');
    for (const child of children.trim().split(' ').filter(Boolean)) endLeftover(Number(child));
  };
  let delivered = 0;
  // Maildir++: other folders lie in the inbox's, with a dot before their names.
  const place = (user: string, folder = 'INBOX') => path.join(home, user, folder === 'INBOX' ? '' : `.${folder}`);
  const makeFolder = async (user: string, folder: string) => {
    for (const part of [place(user), place(user, folder)]) {
      for (const inside of ['', 'tmp', 'new', 'cur']) {
        await mkdir(path.join(part, inside), { recursive: true });
        await chown(path.join(part, inside), owner.uid, owner.gid);
      }
    }
  };

  async function put(
    user: string,
    raw: string | Buffer,
    { folder = 'INBOX', part, flags }: { folder?: string | undefined; part: 'new' | 'cur'; flags: string },
  ): Promise<void> {
    await makeFolder(user, folder);
    delivered += 1;
    // By their names they are numbered.
    const name = `${Math.floor(Date.now() / 1_000)}.M${String(delivered).padStart(6, '0')}P${process.pid}.${hostname()}${flags}`;
    const file = path.join(place(user, folder), 'tmp', name);
    await writeFile(file, raw);
    await chown(file, owner.uid, owner.gid);
    await rename(file, path.join(place(user, folder), part, name));
  }

  return {
    port,
    settings: {
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: port,
      IMAP_SECURE: 'false',
      IMAP_ATENCION_USER: 'atencion',
      IMAP_ATENCION_PASSWORD: mailboxPassword,
      IMAP_TRANSPARENCIA_USER: 'transparencia',
      IMAP_TRANSPARENCIA_PASSWORD: mailboxPassword,
    },
    makeFolder,
    deliver: (user, raw, folder) => put(user, raw, { folder, part: 'new', flags: '' }),
    deliverSeen: (user, raw) => put(user, raw, { part: 'cur', flags: ':2,S' }),
    async count(user, folder) {
      const names = await Promise.all(
        ['new', 'cur'].map((part) => readdir(path.join(place(user, folder), part)).catch(() => [])),
      );
      const all = names.flat();
      return { all: all.length, seen: all.filter(isSeen).length };
    },
    // What is marked meanwhile gets another name: then all are looked at again.
    mails: (user) =>
      until(
        async () => {
          const folders = ['new', 'cur'].map((part) => path.join(place(user), part));
          const names = await Promise.all(
            folders.map(async (one) => (await readdir(one).catch(() => [])).map((name) => path.join(one, name))),
          );
          return Promise.all(
            names.flat().map(async (file) => ({ seen: isSeen(file), raw: await readFile(file, 'utf8') })),
          );
        },
        { what: `the mails of ${user}` },
      ),
    async renumber(user) {
      await end();
      for (const name of await readdir(place(user))) {
        if (name.startsWith('dovecot')) await rm(path.join(place(user), name));
      }
      server = await run();
    },
    async restart() {
      await end();
      server = await run();
    },
    async stop() {
      await end();
      await folder.remove();
    },
  };
}

const isSeen = (file: string): boolean => /:2,[A-Z]*S/.test(file);

const passwordSignIn = `passdb {
  driver = static
  args = password=${mailboxPassword}
}`;

const oauthSignIn = (file: string) => `auth_mechanisms = xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${file}
}`;

const tokenConfig = (introspectionUrl: string) => `introspection_url = ${introspectionUrl}
introspection_mode = post
username_attribute = username
active_attribute = active
active_value = true
`;

function endLeftover(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
