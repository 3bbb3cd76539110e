/** Something wrong in a city's folder: where, and what to do about it. */
export interface CityProblem {
  file: string;
  /** Path inside the file, e.g. `[2].department`; empty: the file as a whole. */
  key: string;
  message: string;
}

/** The city's content cannot be used. The message lists every problem on a line of its own. */
export class CityError extends Error {
  readonly problems: readonly CityProblem[];

  constructor(folder: string, problems: readonly CityProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super([`The city in ${folder} has ${count}:`, ...problems.map(line)].join('\n'));
    this.name = 'CityError';
    this.problems = problems;
  }
}

function line({ file, key, message }: CityProblem): string {
  return `  ${file}${key ? `  ${key}` : ''}: ${message}`;
}
