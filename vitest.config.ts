import { defineConfig } from 'vitest/config';

/** Folders that run side by side; then the browser, mostly waiting for a page; then what wants the machine for itself. */
const shared = ['unit', 'architecture', 'conformance', 'flow'];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    projects: [...shared.map((folder) => project(folder, 0, 2)), project('browser', 1, 2), project('chaos', 2, 1)],
  },
});

function project(folder: string, groupOrder: number, maxWorkers: number) {
  return {
    test: {
      name: folder,
      include: [`tests/${folder}/**/*.test.ts`],
      pool: 'forks' as const,
      // Loading the server's modules anew for each file costs more than most files do; they keep no state of their own.
      isolate: false,
      maxWorkers,
      sequence: { groupOrder },
      testTimeout: 60_000,
      // A browser on a busy machine: what needs a second try is printed as such, and is to be mended.
      retry: folder === 'browser' ? 1 : 0,
      hookTimeout: 120_000,
    },
  };
}
