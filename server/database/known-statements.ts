import type pg from 'pg';

/** Statements with lists of every length are each their own: beyond so many, the rest stay as they are. */
const MOST = 1_500;

/**
 * Lets PostgreSQL read and plan every statement once a connection instead of each time it comes, and opens transactions
 * without waiting until that is confirmed. For whoever runs very many small statements on little data: on much of it, a
 * plan that fits every value can be a bad one for some.
 */
export function knowStatements(pool: pg.Pool): void {
  const names = new Map<string, string>();

  function nameOf(text: string): string | null {
    const known = names.get(text);
    if (known || names.size >= MOST) return known ?? null;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  }

  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    client.query = ((...given: unknown[]) => {
      const [text, values] = given;
      if (text === 'begin') {
        // What is wrong with the connection the next statement says as well, and that is waited for.
        send(text).catch(() => {});
        return Promise.resolve({ command: 'BEGIN', rows: [], rowCount: null });
      }
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : null;
      return name ? send({ name, text, values }) : send(...given);
    }) as typeof client.query;
  });
}
