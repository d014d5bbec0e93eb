import { afterEach, beforeEach, expect, test } from 'vitest';
import { tunnelSetupText } from '../../shared/text/tunnel-setup-text.ts';
import { axeFindings } from '../fakes/axe-findings.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { freePort } from '../fakes/free-port.ts';
import { until } from '../fakes/until.ts';

const t = tunnelSetupText.en;

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('an own address that leads nowhere is told with its cause; the right one ends with a proof and comes first', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  const { port } = (await app.call('health', {})).listener;

  // From the quiet line that says that only this computer is heard.
  await page.getByRole('button', { name: t.letIn }).click();
  await page.getByRole('radio', { name: t.ways['own-address'].name }).check();
  await page.getByRole('button', { name: t.use }).click();
  await page.getByText(t.problem.missing).waitFor();

  const address = page.getByRole('textbox', { name: t.ownAddress });
  await address.fill(`http://127.0.0.1:${await freePort()}/`);
  await page.getByRole('button', { name: t.use }).click();
  await page.locator('.proof li[data-state="failed"]').filter({ hasText: t.station.proof }).waitFor();
  await page.locator('.proof').getByText(t.finding.refused).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  await address.fill(`http://127.0.0.1:${port}`);
  await page.getByRole('button', { name: t.useAgain }).click();
  await page.getByText(t.proven).waitFor();
  await until(async () => (await app.call('health', {})).hearing.state === 'hearing');
  await page.getByText(t.reachableAt(`127.0.0.1:${port}`)).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  // What is pasted at a sender is the public address, secret covered.
  await page.getByRole('button', { name: t.showSources }).click();
  const shown = await page.locator('.address .code-line').first().innerText();
  expect(shown).toContain(`http://127.0.0.1:${port}/hooks/`);
  const [source] = await app.call('listSources', {});
  const { publicUrl, secret } = await app.call('sourceAddress', { id: source?.id ?? '' });
  expect(publicUrl).toContain(`http://127.0.0.1:${port}/hooks/`);
  expect(shown).not.toContain(secret);

  // The first one never led here, so nobody was told of it. Another one than that which did is said loudly, until somebody
  // says that it is pasted everywhere.
  expect(await page.getByRole('alert').filter({ hasText: t.changed }).count()).toBe(0);
  await app.call('setTunnel', { plan: { kind: 'own-address', publicUrl: `http://localhost:${port}` } });
  await page.getByRole('alert').filter({ hasText: t.changed }).waitFor();
  await page.getByRole('button', { name: t.pasted }).click();
  await page.getByRole('alert').filter({ hasText: t.changed }).waitFor({ state: 'detached' });
});
