import { reachDatabase } from '../../database/reach-database.ts';
import { openFileStore } from '../../files/file-store.ts';
import { fileOf, readCommandConfig, runCommand, summaryOf, type Write } from './command.ts';
import { createBackup } from './create-backup.ts';
import { keepReceipt } from './keep-receipt.ts';
import { settingsOfBackup } from './settings-of-backup.ts';

const USAGE = 'npm run backup -- ARCHIVO.tar.gz';

/**
 * `npm run backup -- FILE`: everything of this installation in one file, whether the server runs or not.
 * @param env absent: the process's, with `.env`
 */
export function runBackup(args: readonly string[], env: NodeJS.ProcessEnv | undefined, write: Write): Promise<0 | 1> {
  return runCommand(write, async () => {
    const path = await fileOf(args, USAGE);
    const config = readCommandConfig(env);
    const database = await reachDatabase(config);
    try {
      const source = {
        databaseUrl: database.url,
        files: await openFileStore(config),
        city: config.CITY,
        settings: settingsOfBackup(config),
      };
      const manifest = await createBackup(source, path);
      await keepReceipt(database.url, 'backup', manifest);
      write(`Respaldo en ${path}\n${summaryOf(manifest)}`);
      write('Guárdalo donde solo entre quien deba: contiene lo que la gente le dijo a la ciudad.\n');
    } finally {
      await database.release();
    }
  });
}

if (import.meta.main) {
  process.exitCode = await runBackup(process.argv.slice(2), undefined, (text) => void process.stdout.write(text));
}
