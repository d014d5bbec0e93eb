import { expect, test } from 'vitest';
import { untoldGap } from '../../../renderer/hearing/gap-notice.ts';
import type { Gap } from '../../../shared/coverage.ts';
import type { Source } from '../../../shared/source.ts';
import { createFakeBridge } from '../fake-bridge.ts';
import { fakeGap } from '../fake-reach.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const minuteMs = 60_000;
const asleep = fakeGap(7, now - 90 * minuteMs, now - 30 * minuteMs, 'asleep');
const blink = fakeGap(8, now - 20 * minuteMs, now - 20 * minuteMs + 9000, 'tunnel-down');
const lasting = fakeGap(9, now - minuteMs, null, 'tunnel-down');

async function untold(gaps: readonly Gap[], read: string | null = null, at = now) {
  const reply = await createFakeBridge({ scene: 'usual', now }).listSources({});
  const sources: readonly Source[] = reply.ok ? reply.result : [];
  return untoldGap({ gaps: [...gaps], now: at }, sources, read);
}

test('the newest gap that may have lost something is told; blinks and what lasts are not', async () => {
  expect(await untold([lasting, blink, asleep])).toMatchObject({
    summary: { cause: 'asleep', startedAt: asleep.startedAt, endedAt: asleep.endedAt },
  });
  expect(await untold([lasting, blink])).toBeNull();
});

test('it is told once, and an older one never after it', async () => {
  const older = fakeGap(3, now - 300 * minuteMs, now - 200 * minuteMs, 'crashed');
  const first = await untold([asleep, older]);
  expect(await untold([asleep, older], first?.name)).toBeNull();
  // Another gap is news again.
  expect(await untold([{ ...asleep, id: 12 }, older], first?.name)).not.toBeNull();
});

test('after half a day it is no news any more', async () => {
  expect(await untold([asleep], null, now + 12 * 60 * minuteMs)).toBeNull();
});
