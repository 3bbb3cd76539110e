import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

interface Answer {
  text: string;
  id: string;
  confidence: number;
  replies: string[];
}

function ask() {
  const child = spawn(process.execPath, ['bots/ask.ts'], { cwd: root });
  const errors = text(child.stderr);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, errors, exit, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function askAll(input: string): Promise<Answer[]> {
  const { child, errors, exit } = ask();
  child.stdin.end(input);
  const written = await text(child.stdout);
  expect({ exit: await exit, errors: await errors }).toEqual({ exit: 0, errors: '' });
  return written
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test('answers each line as a conversation of its own, in its language', async () => {
  const answers = await askAll(
    [
      'hay un vache bien feo en mi caye',
      '¿cómo pago el predial?',
      'how do I pay the property tax?',
      'auxilio, se está quemando mi casa',
      'mi esposo me pega',
      'cuéntame un chiste',
    ].join('\n'),
  );
  expect(answers).toMatchObject([
    { text: 'hay un vache bien feo en mi caye', id: 'bache', replies: [expect.stringContaining('tu reporte: Bache')] },
    { id: 'predial-pago', replies: [expect.stringContaining('El predial se paga'), expect.stringContaining('1. Sí')] },
    { id: 'predial-pago', replies: [expect.stringContaining('Property tax is paid'), expect.anything()] },
    { id: 'emergencia', confidence: 1, replies: [expect.stringMatching(/^[^\n]*911/)] },
    {
      id: 'violencia-genero',
      confidence: 1,
      replies: [expect.stringMatching(/^[^\n]*911[^\n]*079/), expect.stringContaining('seguro')],
    },
    { id: 'ninguno', replies: [expect.stringContaining('Hablar con una persona')] },
  ]);
});

test('bears what is no question at all', async () => {
  const long = `bache ${'a'.repeat(1_000_000)}`;
  const answers = await askAll(`\n\u0000\u0007\u001b[31m\n${long}\n__proto__ constructor toString\nhola\r\n`);
  expect(answers.map(({ id }) => id).toSpliced(2, 2)).toEqual(['ninguno', 'ninguno', 'saludo']);
  expect(answers[2]?.text).toBe(long);
  expect(answers).toHaveLength(5);
});

test('answers a line before the next is written', async () => {
  const { child, lines, exit } = ask();
  const exchanges: [string, string][] = [
    ['hola', 'saludo'],
    ['hay una fuga de agua', 'fuga-agua'],
  ];
  for (const [said, id] of exchanges) {
    child.stdin.write(`${said}\n`);
    const { value } = await lines.next();
    expect(JSON.parse(value ?? '')).toMatchObject({ text: said, id });
  }
  child.stdin.end();
  expect(await exit).toBe(0);
});
