import { realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError, readConfig } from '../../config.ts';
import { DataDirectoryInUseError } from '../../database/data-directory-lock.ts';
import { BackupError, bytesOf, type Manifest, rowsOf } from './manifest.ts';

export type Write = (text: string) => void;

/** Errors whose sentence is all that whoever runs the command needs. */
const PLAIN = [BackupError, ConfigError, DataDirectoryInUseError];

/** Runs `work` and says in one line what was in its way. @returns the process's exit code */
export async function runCommand(write: Write, work: () => Promise<void>): Promise<0 | 1> {
  try {
    await work();
    return 0;
  } catch (error) {
    const isPlain = PLAIN.some((kind) => error instanceof kind);
    write(`${isPlain ? (error as Error).message : ((error as Error).stack ?? error)}\n`);
    return 1;
  }
}

/**
 * The file that a command names.
 * @throws BackupError when none is named, or its folder is not there
 */
export async function fileOf(args: readonly string[], usage: string): Promise<string> {
  const [file] = args.filter((arg) => !arg.startsWith('--'));
  if (!file) throw new BackupError(`Falta el archivo: ${usage}`);
  const path = resolve(file);
  await realpath(dirname(path)).catch(() => {
    throw new BackupError(`No existe la carpeta ${dirname(path)}.`);
  });
  return path;
}

/** What is in a backup, in a few lines. */
export function summaryOf(manifest: Manifest): string {
  const whole = new Intl.NumberFormat('es-MX');
  const megabytes = new Intl.NumberFormat('es-MX', { maximumFractionDigits: 1 }).format(bytesOf(manifest) / 1_048_576);
  const { files, missing, tables, at, version } = manifest;
  return [
    `  del ${at} (versión ${version})`,
    `  ${whole.format(rowsOf(manifest))} filas de ${tables.length} tablas`,
    `  ${whole.format(files.length)} archivos, ${megabytes} MB`,
    ...(missing.length > 0 ? [`  ${missing.length} archivos se borraron mientras se respaldaba`] : []),
    '',
  ].join('\n');
}

export const readCommandConfig = (env: NodeJS.ProcessEnv | undefined) => (env ? readConfig(env) : readConfig());
