import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

/** Mean brightness (0 to 255) and number of colours of what the window really painted. */
async function look(app: DesktopApp): Promise<{ readonly brightness: number; readonly colours: number }> {
  const png = (await (await app.page()).screenshot()).toString('base64');
  return app.electron.evaluate(({ nativeImage }, base64) => {
    const pixels = nativeImage.createFromBuffer(Buffer.from(base64, 'base64')).toBitmap();
    const colours = new Set<number>();
    let sum = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      colours.add(pixels.readUInt32LE(at));
      sum += pixels.readUInt8(at) + pixels.readUInt8(at + 1) + pixels.readUInt8(at + 2);
    }
    return { brightness: sum / (pixels.length / 4) / 3, colours: colours.size };
  }, png);
}

test('light is light, dark is dark, at once and at the next start, and neither is blank', async () => {
  const first = await desktop.launch();
  await first.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'painted' });
  await (await first.page()).getByRole('row').filter({ hasText: 'painted' }).waitFor();

  await first.call('updateSettings', { changes: { theme: 'light' } });
  await until(async () => (await look(first)).brightness > 180);
  expect((await look(first)).colours).toBeGreaterThan(50);

  await first.call('updateSettings', { changes: { theme: 'dark' } });
  await until(async () => (await look(first)).brightness < 80);
  expect((await look(first)).colours).toBeGreaterThan(50);

  await first.end('SIGTERM');
  const second = await desktop.launch();
  await (await second.page()).getByRole('row').filter({ hasText: 'painted' }).waitFor();
  expect((await look(second)).brightness).toBeLessThan(80);
  // The frame behind the page has the page's colour, so that nothing flashes while it loads.
  const page = await second.page();
  const behind = await second.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBackgroundColor(),
  );
  const painted = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(rgb(behind ?? '')).toEqual(painted.match(/\d+/g)?.slice(0, 3).map(Number));
});

function rgb(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
