import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

/** What its processes are, as Chromium names them. */
function processes(app: DesktopApp): Promise<readonly string[]> {
  return app.electron.evaluate(({ app: main }) => main.getAppMetrics().map(({ type }) => type));
}

test('without a window there is no page left, and GTK has left OpenGL alone', async () => {
  const app = await desktop.launch();
  await (await app.page()).getByRole('heading').first().waitFor();
  expect(await processes(app)).toContain('Tab');
  await app.closeWindow();
  await until(async () => !(await processes(app)).includes('Tab'), 5000);
  expect(readFileSync(`/proc/${app.process.pid}/maps`, 'utf8')).not.toMatch(/libLLVM|swrast_dri|libGLX_mesa/);
  // Told to GTK only: programs that are started from here are not to have it.
  expect(await app.electron.evaluate(() => process.env['GDK_GL'] ?? 'unset')).toBe('unset');
});
