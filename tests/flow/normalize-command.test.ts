import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const mail = 'tests/corpus/email/gmail-web-es.eml';

async function normalize(
  args: string[],
  input: string | Buffer = '',
): Promise<{ lines: unknown[]; exit: number | null }> {
  const child = spawn(process.execPath, ['channels/normalize.ts', ...args], { cwd: root });
  child.stdin.end(input);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stderr.resume();
  const written = await text(child.stdout);
  const lines = written.split('\n').filter(Boolean);
  return { lines: lines.map((line) => JSON.parse(line)), exit: await exit };
}

describe('npm run normalize', () => {
  test('writes one line an input, an error in the place of what is no mail', async () => {
    const { lines, exit } = await normalize(['--channel', 'email', mail, '/no/hay', 'package.json']);
    expect(lines).toMatchObject([
      {
        file: mail,
        events: [
          {
            from: { address: 'maria.lopez@example.com', name: 'María López' },
            subject: 'Re: Bache en Zaragoza',
            text: 'Sí, sigue ahí y ya es más grande.\n\nGracias.',
            inReplyTo: '<ciudad-1@veracruz.example>',
            references: ['<ciudad-1@veracruz.example>'],
            auto: null,
            attachments: [],
          },
        ],
      },
      { file: '/no/hay', error: { code: 'not_found' } },
      { file: 'package.json', error: { code: 'not_an_email' } },
    ]);
    expect(exit).toBe(0);
  });

  test('reads standard input', async () => {
    const { lines } = await normalize(['--channel', 'email', '-'], await readFile(path.join(root, mail)));
    expect(lines).toMatchObject([{ file: '-', events: [{ messageId: expect.stringMatching(/^<.*>$/) }] }]);
  });

  test('shows files by name, type and size', async () => {
    const { lines } = await normalize(['--channel', 'email', 'tests/corpus/email/inline-image-by-cid.eml']);
    const [line] = lines as { events: { attachments: Record<string, unknown>[] }[] }[];
    const attachment = line?.events[0]?.attachments[0];
    expect(attachment).toMatchObject({ name: 'foto.png', type: 'image/png', size: 67 });
    expect(attachment).not.toHaveProperty('content');
  });

  test.for([[], ['--channel', 'email'], ['--channel', 'paloma', mail], ['--otra', mail]])(
    'refuses wrong usage: %j',
    async (args) => {
      expect(await normalize(args)).toEqual({ lines: [], exit: 2 });
    },
  );
});
