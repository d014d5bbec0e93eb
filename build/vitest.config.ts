import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.join(import.meta.dirname, '..');
const journeys = 'test/journeys/**/*.test.ts';

/** Two projects: `unit` runs in plain Node, `journeys` drives the built app in a real Electron, one at a time. */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        resolve: {
          alias: [{ find: /^electron$/, replacement: path.join(import.meta.dirname, 'no-electron.ts') }],
        },
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [journeys],
          testTimeout: 20_000,
        },
      },
      {
        root,
        test: {
          name: 'journeys',
          include: [journeys],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
