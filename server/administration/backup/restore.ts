import { reachDatabaseAlone } from '../../database/reach-database.ts';
import { openFileStore } from '../../files/file-store.ts';
import { checkBackup } from './check-backup.ts';
import { fileOf, readCommandConfig, runCommand, summaryOf, type Write } from './command.ts';
import { keepReceipt } from './keep-receipt.ts';
import { restoreBackup } from './restore-backup.ts';
import { compareSettings, type Difference, settingsOfBackup } from './settings-of-backup.ts';

const USAGE = 'npm run restore -- ARCHIVO.tar.gz [--check] [--replace]';

/**
 * `npm run restore -- FILE`: a backup in place of an empty installation, or with `--replace` of this one. `--check`
 * only reads the file and says whether it is whole.
 * @param env absent: the process's, with `.env`
 */
export function runRestore(args: readonly string[], env: NodeJS.ProcessEnv | undefined, write: Write): Promise<0 | 1> {
  return runCommand(write, async () => {
    const path = await fileOf(args, USAGE);
    if (args.includes('--check')) {
      write(`El respaldo está completo.\n${summaryOf(await checkBackup(path))}`);
      return;
    }
    const config = readCommandConfig(env);
    const database = await reachDatabaseAlone(config);
    try {
      const files = await openFileStore(config);
      const target = { databaseUrl: database.url, files, replace: args.includes('--replace') };
      const { manifest, forgotten } = await restoreBackup(target, path);
      await keepReceipt(database.url, 'restore', manifest);
      write(
        `Restaurado.\n${summaryOf(manifest)}${again(forgotten)}${advice(compareSettings(manifest, settingsOfBackup(config)))}`,
      );
    } finally {
      await database.release();
    }
  });
}

const again = (people: number): string =>
  people === 0 ? '' : `Personas que se borraron después de este respaldo: ${people}. Se borran otra vez al arrancar.\n`;

function advice({ changed, absent, otherSecret }: Difference): string {
  return [
    ...(changed.length > 0 ? ['Estos ajustes eran otros:', ...changed.map((line) => `  ${line}`)] : []),
    ...(absent.length > 0 ? [`Estos secretos estaban puestos y aquí faltan: ${absent.join(', ')}`] : []),
    ...(otherSecret ? ['SECRET no es el mismo: las claves de folio que tiene la gente no abrirán hasta ponerlo.'] : []),
    'Todas las personas vuelven a entrar con su contraseña.',
    '',
  ].join('\n');
}

if (import.meta.main) {
  process.exitCode = await runRestore(process.argv.slice(2), undefined, (text) => void process.stdout.write(text));
}
