import type { AppContext } from '../context.ts';
import { samplePassword } from '../secrets.ts';
import { seedCity } from './seed-city.ts';

export interface SampleSignIns {
  people: AppContext['city']['operators'];
  password: string;
}

/** An empty database gets the city's queues and people. */
export async function firstStart(context: AppContext): Promise<SampleSignIns | null> {
  const { config, city, unitOfWork, signIn, database } = context;
  const isEmpty = !(await database.db.selectFrom('queue').select('id').limit(1).executeTakeFirst());
  const password = isEmpty ? (config.SAMPLE_PASSWORD ?? (await samplePassword(config.DATA_DIR))) : null;
  const hash = password && city.operators.length > 0 ? await signIn.hashPassword(password) : null;
  const people = await unitOfWork((unit) => seedCity(unit, city, hash));
  return people.length > 0 ? { people, password: password ?? '' } : null;
}

export function printSignIns({ people, password }: SampleSignIns): void {
  const width = Math.max(...people.map((person) => person.email.length));
  const lines = people.map((person) => `  ${person.email.padEnd(width)}  ${person.role}`);
  process.stdout.write(`\nSample people for /console, all with the password ${password}\n${lines.join('\n')}\n\n`);
}
