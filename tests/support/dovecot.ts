import { chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { freePort } from '../../server/database/free-port.ts';
import { startProcess } from './child-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

export interface Dovecot {
  port: number;
  /** Puts a mail into somebody's inbox, as an MTA would. */
  deliver(user: string, raw: string | Buffer): Promise<void>;
  /** How many mails of the inbox are marked seen, and how many are there. */
  count(user: string): Promise<{ seen: number; all: number }>;
  /** Closes every connection and comes back on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const mailboxPassword = 'contraseña';

/** Debian's Dovecot with Maildir in a temporary folder: any user, one password. */
export async function startDovecot(): Promise<Dovecot> {
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
passdb {
  driver = static
  args = password=${mailboxPassword}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${home}/%u
}
`,
  );

  const run = async () => {
    const running = await startProcess('dovecot', ['-F', '-c', config], { cwd: folder.path, env: process.env });
    await until(() => answers(port), { what: 'Dovecot' });
    return running;
  };
  let server = await run();
  let delivered = 0;
  const inbox = (user: string) => path.join(home, user);

  return {
    port,
    async deliver(user, raw) {
      for (const part of ['tmp', 'new', 'cur']) {
        await mkdir(path.join(inbox(user), part), { recursive: true });
        await chown(path.join(inbox(user), part), owner.uid, owner.gid);
      }
      await chown(inbox(user), owner.uid, owner.gid);
      delivered += 1;
      const name = `${Date.now()}.${process.pid}_${delivered}.${hostname()}`;
      const file = path.join(inbox(user), 'new', name);
      await writeFile(file, raw);
      await chown(file, owner.uid, owner.gid);
    },
    async count(user) {
      const names = await Promise.all(
        ['new', 'cur'].map((part) => readdir(path.join(inbox(user), part)).catch(() => [])),
      );
      const all = names.flat();
      return { all: all.length, seen: all.filter((name) => /:2,[A-Z]*S/.test(name)).length };
    },
    async restart() {
      await server.end('SIGTERM');
      server = await run();
    },
    async stop() {
      await server.end('SIGTERM');
      await folder.remove();
    },
  };
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
