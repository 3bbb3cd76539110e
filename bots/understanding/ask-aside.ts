import { fork } from 'node:child_process';

/**
 * One answer from a process of its own that runs `script`: nobody waits meanwhile, and the memory it takes goes with it.
 * The script answers through `answerAside`; its answer is taken to be a `T`.
 */
export async function askAside<T>(script: URL, question: unknown): Promise<T> {
  const worker = fork(script, { serialization: 'advanced' });
  return new Promise<T>((resolve, reject) => {
    worker.once('message', (answer) => resolve(answer as T));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`${script.pathname} ended with code ${code}`)));
    worker.send(question as object);
  });
}

/** The other end: answers one question and is done. */
export function answerAside<Q, A>(answer: (question: Q) => A): void {
  process.once('message', (question) => {
    process.send?.(answer(question as Q), () => process.disconnect());
  });
}
