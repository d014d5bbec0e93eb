import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalText } from '../../shared/text/refusal-text.ts';
import { statusText } from '../../shared/text/status-text.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
let other: Server;
beforeEach(async () => {
  desktop = await Desktop.open();
  other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await desktop.close();
  if (other.listening) await new Promise((resolve) => other.close(resolve));
});

test('when another program has the port, tray, window and socket say deaf and why, and the app goes on', async () => {
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('The other program has no port.');
  const app = await desktop.launch(`--port=${address.port}`);

  const { hearing } = await app.call('health', {});
  expect(hearing).toMatchObject({ state: 'deaf', causes: [{ code: 'port-taken' }] });
  await desktop.trayMenu('NOT LISTENING');
  const page = await app.page();
  await page.getByText(statusText.en.cause['port-taken']).first().waitFor();
  await page.getByText(statusText.en.remedy['port-taken']).first().waitFor();
  expect(app.hasEnded).toBe(false);

  // The address may be copied, but nothing here sends the secret to whoever has the port.
  const sendTest = page.getByRole('button', { name: 'Send test alert' });
  await page.getByText(refusalText.en.test['not-listening']).waitFor();
  expect(await sendTest.isEnabled()).toBe(false);
  expect(await page.getByRole('button', { name: 'Copy address' }).isEnabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Copy command' }).count()).toBe(0);

  // The other program goes, and nobody has to restart anything.
  await new Promise((resolve) => other.close(resolve));
  await until(async () => (await app.call('health', {})).hearing.state === 'hearing');
  await until(() => sendTest.isEnabled());
  expect(await page.getByRole('button', { name: 'Copy command' }).count()).toBe(2);
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'heard again' });
  await page.getByRole('row').filter({ hasText: 'heard again' }).waitFor();
});
