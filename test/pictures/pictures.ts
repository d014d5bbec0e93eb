// npm run pictures: every screen of the real app, filled by real webhooks, as PNG files in release/pictures.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import type { SourceKind } from '../../shared/alert.ts';
import { setupText } from '../../shared/text/setup-text.ts';
import { tunnelSetupText } from '../../shared/text/tunnel-setup-text.ts';
import { windowText } from '../../shared/text/window-text.ts';
import { Desktop, type DesktopApp, type DesktopOptions } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';
import { nightShift, type Post, storm } from './night-shift.ts';

const outDir = path.join(import.meta.dirname, '..', '..', 'release', 'pictures');
const t = windowText.en;
const s = setupText.en;
const wayIn = tunnelSetupText.en;
/** Content sizes of the window: as first opened, wide enough for two columns and more, a column at the screen's side. */
const sizes = { usual: [960, 640], wide: [1240, 760], narrow: [480, 760] } as const;
/** Transitions and fonts are done by then. */
const settleMs = 350;
const taken: string[] = [];

/**
 * The app with a clock of its own, so that an hour can be told in seconds: before its own code runs, `Date.now` is put
 * `pictureLagMs` behind. Gives the folder to start instead of the app's.
 */
function behindTheTime(appDir: string, dir: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(appDir, 'package.json'), 'utf8'));
  const main = pathToFileURL(path.join(appDir, 'dist', 'main', 'index.js')).href;
  mkdirSync(dir);
  writeFileSync(
    path.join(dir, 'package.json'),
    JSON.stringify({ ...(manifest as object), main: 'late.js', type: 'module' }),
  );
  writeFileSync(
    path.join(dir, 'late.js'),
    `const real = Date.now;
globalThis.pictureLagMs = 3_600_000;
Date.now = () => real() - globalThis.pictureLagMs;
await import(${JSON.stringify(main)});
`,
  );
  return dir;
}

async function resize(app: DesktopApp, size: keyof typeof sizes): Promise<void> {
  const [width, height] = sizes[size];
  await app.electron.evaluate(
    ({ BrowserWindow }, [w, h]) =>
      BrowserWindow.getAllWindows()
        .find((one) => one.isVisible())
        ?.setContentSize(w, h),
    [width, height] as const,
  );
  await (await app.page()).waitForFunction((w) => Math.abs(innerWidth - w) < 2, width);
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(settleMs);
  await page.screenshot({ path: path.join(outDir, `${name}.png`) });
  taken.push(name);
}

/** As the window has it: Playwright's own pictures know nothing of zoom. */
async function takeZoomed(app: DesktopApp, name: string): Promise<void> {
  await (await app.page()).waitForTimeout(settleMs);
  const png = await app.electron.evaluate(async ({ BrowserWindow }) =>
    (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64'),
  );
  writeFileSync(path.join(outDir, `${name}.png`), Buffer.from(png ?? '', 'base64'));
  taken.push(name);
}

/** The pictures of one language and theme begin with its name. */
async function speak(app: DesktopApp, language: 'en' | 'zh-CN', theme: 'light' | 'dark'): Promise<void> {
  await app.call('updateSettings', { changes: { language, theme } });
  const page = await app.page();
  await page.locator(`html[lang="${language}"][data-theme="${theme}"]`).waitFor();
}

/** A screen of the rail, by its place, which is the same in every language. */
async function goTo(page: Page, at: number): Promise<void> {
  await page.getByRole('navigation').getByRole('button').nth(at).click();
}

/** What the rail offers after the alerts, in English. */
async function otherScreens(page: Page): Promise<readonly string[]> {
  const [, ...names] = await page.getByRole('navigation').getByRole('button').allInnerTexts();
  return names.map((name) => name.trim().toLowerCase().replaceAll(' ', '-'));
}

/** Beside CloudMonitor's, which is there from the first start. */
async function addSources(app: DesktopApp): Promise<ReadonlyMap<SourceKind, string>> {
  await app.call('addSource', { kind: 'clustercontrol', name: 'Clusters', team: 'Data' });
  await app.call('addSource', { kind: 'universal', name: 'Scripts', team: 'Platform' });
  return sourceAddresses(app);
}

async function sourceAddresses(app: DesktopApp): Promise<ReadonlyMap<SourceKind, string>> {
  const addresses = new Map<SourceKind, string>();
  for (const { id, kind } of await app.call('listSources', {})) {
    addresses.set(kind, (await app.call('sourceAddress', { id })).localUrl);
  }
  return addresses;
}

async function post({ to, contentType, body }: Post, addresses: ReadonlyMap<SourceKind, string>) {
  const address = addresses.get(to);
  if (address === undefined) throw new Error(`There is no ${to} source.`);
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': contentType }, body });
  if (!answer.ok) throw new Error(`A ${to} delivery got ${answer.status}.`);
}

/** An hour of the night, up to the last request, without a window, so that toasts are shown. */
async function tellTheNight(desktop: Desktop): Promise<void> {
  const appDir = process.env['TOCSIN_TEST_APP'] ?? '';
  process.env['TOCSIN_TEST_APP'] = behindTheTime(appDir, path.join(desktop.dataDir, 'late'));
  const app = await desktop.launch('--hidden').finally(() => {
    process.env['TOCSIN_TEST_APP'] = appDir;
  });
  const addresses = await addSources(app);
  // One after the other: their order is part of the story.
  for (const one of nightShift(Date.now())) {
    await app.electron.evaluate(
      (_electron, lagMs) => Object.assign(globalThis, { pictureLagMs: lagMs }),
      one.minutesAgo * 60_000,
    );
    await post(one, addresses);
    // Whether to notify is decided after the answer, and by the same time.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await act(app);
  await app.end('SIGTERM');
}

/** What an engineer has done by then. */
async function act(app: DesktopApp): Promise<void> {
  const [disk, cache, lag] = await Promise.all(
    ['Orders database', '订单缓存', 'Search replica'].map((words) => app.alert(words)),
  );
  if (disk === undefined || cache === undefined || lag === undefined) throw new Error('An alert is missing.');
  await app.call('acknowledgeAlerts', {
    ids: [cache.id],
    note: 'Growing since the sale began; adding a shard.',
  });
  await app.call('snoozeAlerts', { ids: [lag.id], minutes: 60 });
  await app.call('addNote', { id: disk.id, text: 'Binlogs of yesterday are being purged.' });
}

async function openAlert(page: Page, words: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: words }).click();
}

async function takeFilled(app: DesktopApp): Promise<void> {
  const page = await app.page();
  await speak(app, 'en', 'light');
  const screens = await otherScreens(page);
  for (const [language, theme, prefix] of [
    ['en', 'light', 'light'],
    ['en', 'dark', 'dark'],
    ['zh-CN', 'light', 'chinese'],
  ] as const) {
    await speak(app, language, theme);
    // A list that is opened anew shows every row, wherever the pointer rests.
    await goTo(page, 1);
    await goTo(page, 0);
    await resize(app, 'usual');
    await openAlert(page, 'Orders database');
    await take(page, `${prefix}-alerts`);
    await page.getByRole('row').nth(1).hover();
    await take(page, `${prefix}-alerts-hover`);
    await resize(app, 'wide');
    await take(page, `${prefix}-detail`);
    for (const [at, name] of screens.entries()) {
      await goTo(page, at + 1);
      await take(page, `${prefix}-${name}`);
    }
    await goTo(page, 0);
  }
  await speak(app, 'en', 'light');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await take(page, 'light-keys');
  await page.keyboard.press('Escape');

  await resize(app, 'narrow');
  for (const [at, name] of screens.entries()) {
    await goTo(page, at + 1);
    await take(page, `narrow-${name}`);
  }
  await goTo(page, 0);
  const back = page.getByRole('button', { name: t.back });
  if (await back.isVisible()) await back.click();
  await take(page, 'narrow-alerts');
  await openAlert(page, 'Orders database');
  await take(page, 'narrow-detail');
}

/** A person who needs it larger, and one whose system chooses the colours. */
async function takeEnlarged(app: DesktopApp): Promise<void> {
  const page = await app.page();
  const screens = await otherScreens(page);
  await resize(app, 'usual');
  await zoom(app, 2);
  await takeAll(page, screens, (name) => takeZoomed(app, `zoom-${name}`));
  await zoom(app, 1);
  await page.emulateMedia({ forcedColors: 'active' });
  await takeAll(page, screens, (name) => take(page, `forced-${name}`));
  await page.emulateMedia({ forcedColors: null });
}

async function zoom(app: DesktopApp, factor: number): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(to),
    factor,
  );
  await (await app.page()).waitForFunction(
    (width) => Math.abs(innerWidth - width) < 2,
    sizes.usual[0] / factor,
  );
}

async function takeAll(
  page: Page,
  screens: readonly string[],
  shoot: (name: string) => Promise<void>,
): Promise<void> {
  for (const [at, name] of screens.entries()) {
    await goTo(page, at + 1);
    await shoot(name);
  }
  await goTo(page, 0);
  const back = page.getByRole('button', { name: t.back });
  if (await back.isVisible()) await back.click();
  await shoot('alerts');
  await openAlert(page, 'Orders database');
  await shoot('detail');
}

async function takeStorm(app: DesktopApp): Promise<void> {
  const addresses = await sourceAddresses(app);
  const page = await app.page();
  await resize(app, 'usual');
  await goTo(page, 1);
  await Promise.all(storm(Date.now(), 120).map((one) => post(one, addresses)));
  await goTo(page, 0);
  await page.getByRole('row').filter({ hasText: 'rack-14' }).first().waitFor();
  await page.keyboard.press('Home');
  await take(page, 'storm-alerts');
  await page.keyboard.press('Control+a');
  await take(page, 'storm-selected');
}

/** The same store behind a port that another program has. */
async function takeDeaf(desktop: Desktop): Promise<void> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  try {
    const address = other.address();
    if (address === null || typeof address === 'string') throw new Error('The other program has no port.');
    const app = await desktop.launch(`--port=${address.port}`);
    const page = await app.page();
    await page.getByRole('row').first().waitFor();
    // The display's own pointer rests in the middle of the screen.
    await page.mouse.move(0, 0);
    await take(page, 'deaf-alerts');
    await speak(app, 'zh-CN', 'dark');
    await take(page, 'deaf-chinese-dark');
  } finally {
    other.close();
  }
}

async function takeFirstRun(app: DesktopApp): Promise<void> {
  const page = await app.page();
  await app.call('updateSettings', { changes: { theme: 'light', language: 'en' } });
  await page.getByRole('heading', { name: s.welcome }).waitFor();
  await take(page, 'first-run-1-welcome');
  await page.getByRole('button', { name: s.next }).click();
  await page.getByRole('radio', { name: wayIn.ways.ngrok.name }).check();
  await take(page, 'first-run-2-way-in');
  await page.getByRole('button', { name: s.next }).click();
  await page.getByRole('heading', { name: s.address }).waitFor();
  await take(page, 'first-run-3-address');
  await page.getByRole('button', { name: s.next }).click();
  await page.getByRole('heading', { name: s.test }).waitFor();
  await page.getByRole('button', { name: s.testSend }).click();
  await page.locator('.stations li[data-state="lit"]').nth(3).waitFor();
  await take(page, 'first-run-4-test');
  await app.call('endTestAlerts', {});
  await goTo(page, 0);
  await until(async () => (await app.call('health', {})).counts.open.critical === 0, 5000);
  await take(page, 'empty-alerts');
  await resize(app, 'narrow');
  await take(page, 'empty-narrow');
  await resize(app, 'usual');
  await zoom(app, 2);
  await takeZoomed(app, 'zoom-empty');
}

/** What a person sees whose desktop shows no toast. */
async function takeUnseen(desktop: Desktop): Promise<void> {
  // Hidden, or the window in front would show it and no toast be tried.
  const app = await desktop.launch('--hidden');
  await app.call('updateSettings', { changes: { theme: 'light', language: 'en' } });
  await app.deliver({
    state: 'firing',
    level: 'CRITICAL',
    at: Date.now(),
    name: 'Orders database: disk almost full',
  });
  await app.alert('Orders database');
  await desktop.launchAgain();
  const page = await app.page();
  await page.getByRole('alert').waitFor();
  await take(page, 'no-notifications');
}

async function onDesktop(options: DesktopOptions, work: (desktop: Desktop) => Promise<void>) {
  const desktop = await Desktop.open(options);
  try {
    await work(desktop);
  } finally {
    await desktop.close();
  }
}

rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir, { recursive: true });
await onDesktop({ firstRun: false }, async (desktop) => {
  await tellTheNight(desktop);
  const app = await desktop.launch();
  await takeFilled(app);
  await takeEnlarged(app);
  await takeStorm(app);
  await app.end('SIGTERM');
  await takeDeaf(desktop);
});
await onDesktop({ firstRun: true }, async (desktop) => takeFirstRun(await desktop.launch()));
await onDesktop({ notifications: false }, takeUnseen);
console.log(`${taken.length} pictures in ${path.relative(process.cwd(), outDir)}: ${taken.join(', ')}`);
// Clients of the bus and Playwright keep handles that nobody needs any more.
process.exit(0);
