import { describe, expect, test } from 'vitest';
import { askSessionServices, type SessionBus } from '../../../main/system/session-services.ts';

type Answers = Readonly<Record<string, unknown[] | Error>>;

/** A bus that knows these members and refuses every other one as nobody's. */
function busWith(answers: Answers): SessionBus {
  return {
    call: ({ member }) => {
      const answer =
        answers[member] ??
        Object.assign(new Error('nobody'), { type: 'org.freedesktop.DBus.Error.ServiceUnknown' });
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ body: answer });
    },
  };
}

describe('the tray', () => {
  test.each<[string, Answers, string]>([
    ['a watcher with a host', { Get: [{ signature: 'b', value: true }] }, 'present'],
    ['a watcher that nobody draws for', { Get: [{ signature: 'b', value: false }] }, 'missing'],
    ['no watcher', {}, 'missing'],
    ['a watcher that fails', { Get: new Error('broken') }, 'unknown'],
  ])('%s', async (_what, answers, trayHost) => {
    expect((await askSessionServices(busWith(answers))).trayHost).toBe(trayHost);
  });
});

test('the notification service is named with its version and what it can do', async () => {
  const bus = busWith({
    GetServerInformation: ['dunst', 'knopwob', '1.9.0', '1.2'],
    GetCapabilities: [['actions', 'body']],
  });
  expect(await askSessionServices(bus)).toMatchObject({
    notificationServer: 'dunst 1.9.0',
    notificationCapabilities: ['actions', 'body'],
  });
});

test('nobody who shows notifications is null, not a guess', async () => {
  expect(await askSessionServices(busWith({}))).toMatchObject({
    notificationServer: null,
    notificationCapabilities: [],
  });
});
