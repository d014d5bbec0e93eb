// Toasts about ourselves, through the announcer: the quiet, the sounds and the desktop are those of alerts.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GapSummary } from '../../../shared/gap-summary.ts';
import type { Hearing, HearingCauseCode } from '../../../shared/hearing.ts';
import { announcing } from '../../fakes/announcing.ts';
import { sampleNow } from '../../fakes/sample-alert.ts';

const minute = 60_000;
const hears: Hearing = { state: 'hearing', causes: [] };
const deaf = (code: HearingCauseCode = 'listener-down'): Hearing => ({
  state: 'deaf',
  causes: [{ code, message: '' }],
});
const summary: GapSummary = {
  startedAt: sampleNow - 12 * minute,
  endedAt: sampleNow,
  cause: 'asleep',
  missed: [{ kind: 'cloudmonitor', names: ['Night shift'] }],
};

let at: ReturnType<typeof announcing>;
beforeEach(() => {
  vi.useFakeTimers({ now: sampleNow });
  at = announcing();
});
afterEach(async () => {
  await at.announcer.stop();
  vi.useRealTimers();
  if (at.reported.length > 0) throw at.reported[0];
});
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const titles = (): string[] => at.presenter.toasts.map(({ title }) => title);

describe('losing our hearing', () => {
  test('is one toast with cause and remedy and its own sound, however often it is told', async () => {
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    at.announcer.followHearing(deaf());
    at.announcer.followHearing(deaf('port-taken'));
    await pass(100);
    expect(at.presenter.toasts).toMatchObject([
      {
        id: 'hearing',
        title: 'Tocsin cannot hear',
        body: 'The webhook listener has stopped.\nRestart Tocsin.',
        urgency: 'critical',
        expires: false,
      },
    ]);
    expect(at.played).toEqual(['deaf']);
    expect(at.notes).toEqual(['hearing shown listener-down']);
    at.announcer.followHearing(hears);
    await pass(100);
    expect(at.presenter.up.size).toBe(0);
  });

  test('is said where a person looks at the window, too', async () => {
    at.state.freeRows = 9;
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    await pass(100);
    expect(at.presenter.up.has('hearing')).toBe(true);
  });

  test('is said at a start that is deaf from its first moment, for nobody may be looking', async () => {
    at.announcer.followHearing(deaf('port-taken'));
    at.announcer.followHearing(deaf('listener-down'));
    await pass(100);
    expect(titles()).toEqual(['Tocsin cannot hear']);
  });

  test('is said at a start that was about to hear', async () => {
    at.announcer.followHearing({ state: 'starting', causes: [{ code: 'tunnel-starting', message: '' }] });
    await pass(100);
    expect(at.presenter.toasts).toEqual([]);
    at.announcer.followHearing(deaf('tunnel-starting'));
    await pass(100);
    expect(titles()).toEqual(['Tocsin cannot hear']);
  });

  test('by a person’s own doing is no news', async () => {
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf('all-sources-paused'));
    await pass(100);
    expect(at.presenter.toasts).toEqual([]);
  });

  test('again and again is a toast each, but no alarm every minute', async () => {
    for (let time = 0; time < 8; time += 1) {
      at.announcer.followHearing(hears);
      at.announcer.followHearing(deaf('tunnel-down'));
      await pass(minute);
    }
    expect(titles()).toHaveLength(8);
    expect(at.played).toEqual(['deaf', 'deaf']);
  });

  test('waits for the end of a quiet that critical alerts wait for, if it still holds then', async () => {
    at.state.settings = { ...at.state.settings, criticalInQuietHours: false };
    at.state.quietUntil = Date.now() + 10 * minute;
    at.announcer.rulesChanged();
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    await pass(minute);
    expect(at.presenter.toasts).toEqual([]);
    expect(at.notes).toEqual(['hearing withheld listener-down: quiet-for-now']);
    await pass(10 * minute);
    expect(titles()).toEqual(['Tocsin cannot hear']);
    expect(at.played).toEqual(['deaf']);
  });

  test('that passed within the quiet is not told afterwards, nor is its end', async () => {
    at.state.settings = { ...at.state.settings, criticalInQuietHours: false };
    at.state.quietUntil = Date.now() + 10 * minute;
    at.announcer.rulesChanged();
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    at.announcer.followHearing(hears);
    at.announcer.gapOver(40_000, null);
    await pass(20 * minute);
    expect(at.presenter.toasts).toEqual([]);
  });

  test('goes through a quiet that critical alerts go through', async () => {
    at.state.quietUntil = Date.now() + 10 * minute;
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    await pass(100);
    expect(titles()).toEqual(['Tocsin cannot hear']);
  });

  test('is said again, without a sound, on a desktop that lost its toasts', async () => {
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    await pass(100);
    at.presenter.comeBack(true);
    await pass(100);
    expect([...at.presenter.up]).toEqual(['hearing']);
    expect(at.played).toEqual(['deaf']);
    at.announcer.followHearing(hears);
    await pass(100);
    at.presenter.comeBack(true);
    await pass(100);
    expect(at.presenter.up.size).toBe(0);
  });

  test('that the desktop does not show is in the log with its sentence', async () => {
    at.presenter.result = { shown: false, error: 'nobody there' };
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    await pass(100);
    expect(at.notes).toEqual(['hearing failed listener-down: nobody there']);
  });
});

describe('hearing again', () => {
  test.each(['before the gap ends', 'after it'])(
    'is said once, softly, in place of the other (%s)',
    async (order) => {
      at.announcer.followHearing(hears);
      at.announcer.followHearing(deaf());
      await pass(12 * minute);
      if (order === 'after it') at.announcer.gapOver(12 * minute, summary);
      at.announcer.followHearing(hears);
      if (order !== 'after it') at.announcer.gapOver(12 * minute, summary);
      await pass(100);
      expect(at.presenter.toasts.at(-1)).toMatchObject({
        id: 'hearing',
        title: 'Hearing again after 12 min',
        body: expect.stringMatching(/the computer slept/i),
        urgency: 'normal',
        expires: true,
      });
      expect(at.presenter.toasts).toHaveLength(2);
      expect([...at.presenter.up]).toEqual(['hearing']);
      expect(at.played).toEqual(['deaf']);
      at.presenter.activate({ toastId: 'hearing', action: 'default' });
      await pass(0);
      expect(at.opened).toEqual(['coverage']);
    },
  );

  test('after a short gap that was told has no more to say than that', async () => {
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    at.announcer.followHearing(hears);
    at.announcer.gapOver(40_000, null);
    await pass(100);
    expect(at.presenter.toasts.at(-1)).toMatchObject({ title: 'Hearing again after 40 sec', body: '' });
  });

  test('after a gap that nobody could be told of is its summary, and nothing when it lost nothing', async () => {
    at.announcer.followHearing(hears);
    at.announcer.gapOver(30_000, null);
    await pass(100);
    expect(at.presenter.toasts).toEqual([]);
    at.announcer.gapOver(12 * minute, summary);
    await pass(100);
    expect(at.presenter.toasts).toMatchObject([{ title: 'Could not hear for 12 min', urgency: 'normal' }]);
    expect(at.played).toEqual([]);
  });

  test.each(['before the gap ends', 'after it'])('waits for the end of the quiet (%s)', async (order) => {
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    await pass(minute);
    at.state.quietUntil = Date.now() + 10 * minute;
    at.announcer.rulesChanged();
    if (order === 'after it') at.announcer.gapOver(minute, summary);
    at.announcer.followHearing(hears);
    if (order !== 'after it') at.announcer.gapOver(minute, summary);
    await pass(minute);
    expect([...at.presenter.up]).toEqual([]);
    await pass(10 * minute);
    expect(titles()).toEqual(['Tocsin cannot hear', 'Hearing again after 1 min']);
    at.announcer.gapOver(30_000, null);
    await pass(100);
    expect(titles()).toHaveLength(2);
  });

  test('waits while it is quiet, and gives way when we are deaf again', async () => {
    at.state.quietUntil = Date.now() + 10 * minute;
    at.announcer.rulesChanged();
    at.announcer.followHearing(hears);
    at.announcer.gapOver(12 * minute, summary);
    await pass(minute);
    expect(at.presenter.toasts).toEqual([]);
    at.announcer.followHearing(deaf());
    await pass(20 * minute);
    expect(titles()).toEqual(['Tocsin cannot hear']);
  });

  test('does not hide that we are deaf once more', async () => {
    at.announcer.followHearing(hears);
    at.announcer.followHearing(deaf());
    at.announcer.followHearing(hears);
    at.announcer.gapOver(12 * minute, summary);
    await pass(6 * minute);
    at.announcer.followHearing(deaf());
    await pass(100);
    expect(at.presenter.toasts.at(-1)).toMatchObject({ title: 'Tocsin cannot hear', urgency: 'critical' });
  });
});

describe('another public address', () => {
  const former = (...urls: string[]) => urls.map((url) => ({ url, until: sampleNow }));
  const one = { publicUrl: 'https://new.example', formerUrls: [] };
  const change = {
    publicUrl: 'https://new.example',
    formerUrls: former('https://old.example', 'https://older.example'),
  };

  test('is critical until it is pasted, says both, and leads to where it is', async () => {
    at.announcer.followAddress(one);
    at.announcer.followAddress(change);
    await pass(100);
    at.announcer.followAddress({ ...change });
    await pass(100);
    expect(at.presenter.toasts).toMatchObject([
      {
        id: 'address',
        urgency: 'critical',
        expires: false,
        body: expect.stringMatching(/^Now: https:\/\/new\.example\nBefore: https:\/\/old\.example\nPaste/),
      },
    ]);
    expect(at.played).toEqual(['medium']);
    at.presenter.activate({ toastId: 'address', action: 'open' });
    await pass(0);
    expect(at.opened).toEqual(['way-in']);
    at.announcer.followAddress(one);
    await pass(100);
    expect(at.presenter.up.size).toBe(0);
  });

  test('is not said anew by a tunnel that comes and goes at the same one', async () => {
    for (const publicUrl of ['https://new.example', null, 'https://new.example']) {
      at.announcer.followAddress({ ...change, publicUrl });
      await pass(10_000);
    }
    expect(at.presenter.toasts).toHaveLength(1);
    expect([...at.presenter.up]).toEqual(['address']);
  });

  test('that changes once more is said once more', async () => {
    at.announcer.followAddress(change);
    await pass(100);
    at.announcer.followAddress({
      publicUrl: 'https://newest.example',
      formerUrls: former('https://new.example'),
    });
    await pass(100);
    expect(at.presenter.toasts).toHaveLength(2);
    expect([...at.presenter.up]).toEqual(['address']);
  });

  test('is not on the screen where details are hidden', async () => {
    at.state.settings = { ...at.state.settings, hideDetailsInToasts: true };
    at.announcer.followAddress(change);
    await pass(100);
    expect(at.presenter.toasts[0]?.body).not.toContain('example');
  });
});

describe('a warning while on call', () => {
  test('that somebody must act on sounds and stays; others do neither', async () => {
    at.announcer.followWarnings(['on-battery']);
    await pass(100);
    expect(at.presenter.toasts.at(-1)).toMatchObject({
      id: 'on-call',
      title: 'You are on call',
      urgency: 'normal',
      expires: true,
      body: expect.stringMatching(/^This computer runs on its battery.*\nPlug it in/),
    });
    expect(at.played).toEqual([]);
    at.announcer.followWarnings(['battery-low']);
    await pass(100);
    expect(at.presenter.toasts.at(-1)).toMatchObject({ urgency: 'critical', expires: false });
    expect(at.played).toEqual(['deaf']);
  });

  test('is said once, with the others that hold, and goes when none does', async () => {
    at.announcer.followWarnings(['network-lost']);
    at.announcer.followWarnings(['network-lost']);
    await pass(100);
    at.announcer.followWarnings(['network-lost', 'battery-low']);
    await pass(100);
    expect(at.presenter.toasts).toHaveLength(2);
    expect(at.presenter.toasts.at(-1)?.body).toBe(
      'The network is gone while critical alerts are open.\nThe battery is at 20 % or less.',
    );
    at.announcer.followWarnings([]);
    await pass(100);
    expect(at.presenter.up.size).toBe(0);
  });

  test('that ends beside another is taken out, silently, unless a person took the toast away', async () => {
    at.announcer.followWarnings(['network-lost', 'battery-low']);
    await pass(10_000);
    at.announcer.followWarnings(['battery-low']);
    await pass(100);
    expect(at.presenter.toasts.at(-1)?.body).toMatch(/^The battery/);
    expect(at.played).toEqual(['deaf']);
    at.announcer.followWarnings(['battery-low', 'check-refused']);
    await pass(100);
    at.presenter.up.delete('on-call');
    at.announcer.followWarnings(['battery-low']);
    await pass(100);
    expect(at.presenter.toasts).toHaveLength(3);
  });

  test('that passes by itself goes from the screen all the same', async () => {
    at.announcer.followWarnings(['on-battery']);
    await pass(100);
    at.announcer.followWarnings([]);
    await pass(100);
    expect(at.presenter.up.size).toBe(0);
  });

  test('that went within the quiet is not said after it', async () => {
    at.state.quietUntil = Date.now() + 10 * minute;
    at.announcer.rulesChanged();
    at.announcer.followWarnings(['on-battery']);
    await pass(minute);
    at.announcer.followWarnings([]);
    at.announcer.followWarnings(['check-refused']);
    await pass(10 * minute);
    expect(at.presenter.toasts.map(({ body }) => body.split('\n')[0])).toEqual([
      'The outside check does not take our call.',
    ]);
  });
});

test('the end of a shift offers the hand-over, which a click opens', async () => {
  at.announcer.offerHandOver();
  await pass(100);
  expect(at.presenter.toasts).toMatchObject([
    { id: 'hand-over', title: 'Your shift is over', urgency: 'normal', expires: false },
  ]);
  expect(at.presenter.toasts[0]?.actions).toEqual([{ id: 'open', label: 'Open the hand-over' }]);
  expect(at.played).toEqual([]);
  at.presenter.activate({ toastId: 'hand-over', action: 'open' });
  await pass(0);
  expect(at.opened).toEqual(['coverage']);
  at.presenter.comeBack(true);
  await pass(100);
  expect(at.presenter.up.size).toBe(0);
});

test('those of a process before us go at the start, but for what was said since', async () => {
  at.presenter.leftBehind = ['address', 'on-call', 'hand-over', 'hearing'];
  at.announcer.followAddress({
    publicUrl: 'https://new.example',
    formerUrls: [{ url: 'https://old.example', until: sampleNow }],
  });
  await at.announcer.begin();
  await at.announcer.idle();
  expect([...at.presenter.up]).toEqual(['address']);
});
