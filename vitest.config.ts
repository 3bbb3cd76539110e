import { defineConfig } from 'vitest/config';

/** Folders that share the machine with each other, and those that want it for themselves, one file at a time. */
const shared = ['unit', 'architecture', 'conformance', 'flow'];
const alone = ['browser', 'chaos'];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    projects: [
      ...shared.map((folder) => project(folder, 0, 2)),
      ...alone.map((folder, position) => project(folder, position + 1, 1)),
    ],
  },
});

function project(folder: string, groupOrder: number, maxWorkers: number) {
  return {
    test: {
      name: folder,
      include: [`tests/${folder}/**/*.test.ts`],
      pool: 'forks' as const,
      maxWorkers,
      sequence: { groupOrder },
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  };
}
