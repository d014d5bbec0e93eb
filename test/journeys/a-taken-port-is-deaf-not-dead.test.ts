import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { statusText } from '../../shared/text/status-text.ts';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
let other: Server;
beforeEach(async () => {
  desktop = await Desktop.open();
  other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await desktop.close();
  await new Promise((resolve) => other.close(resolve));
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
});
