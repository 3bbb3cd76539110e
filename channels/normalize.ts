import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { AppError, errorMessage } from '../server/contract/errors.ts';
import { decodeEmail } from './email/decode/decode-email.ts';
import { normalizedEmail } from './email/normalized-email.ts';

/** `npm run -s normalize -- --channel email FILE…`: raw inputs as the events that the server would take in. */
const decoders: Record<string, (raw: Buffer) => Promise<unknown[]>> = {
  email: async (raw) => [normalizedEmail(await decodeEmail(raw))],
};

const usage = `Usage: npm run -s normalize -- --channel ${Object.keys(decoders).join('|')} FILE… (- for standard input)`;

const input = readArguments(process.argv.slice(2));
if (!input) {
  console.error(usage);
  process.exitCode = 2;
} else {
  for (const file of input.files) console.log(JSON.stringify(await normalize(file, input.decode)));
}

async function normalize(file: string, decode: (raw: Buffer) => Promise<unknown[]>): Promise<object> {
  try {
    const raw = file === '-' ? await buffer(process.stdin) : await readFile(file);
    return { file, events: await decode(raw) };
  } catch (error) {
    const code = error instanceof AppError ? error.code : isMissing(error) ? 'not_found' : 'internal';
    return { file, error: { code, message: errorMessage(code, 'es') } };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
}

function readArguments(args: string[]): { files: string[]; decode: (raw: Buffer) => Promise<unknown[]> } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { channel: { type: 'string' } },
      allowPositionals: true,
    });
    const decode = Object.hasOwn(decoders, values.channel ?? '') ? decoders[values.channel ?? ''] : undefined;
    return decode && positionals.length > 0 ? { files: positionals, decode } : null;
  } catch {
    return null;
  }
}
