import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Alert, AlertId } from '../../../shared/alert.ts';
import { announcing } from '../../fakes/announcing.ts';
import { sampleNow } from '../../fakes/sample-alert.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: sampleNow });
});
afterEach(() => {
  vi.useRealTimers();
});

type Step =
  | { readonly act: 'fire'; readonly count: number; readonly priority: Alert['priority'] }
  | { readonly act: 'resolve' | 'acknowledge' | 'rise' | 'fall' | 'retake'; readonly which: number }
  | { readonly act: 'quiet'; readonly seconds: number }
  | { readonly act: 'wake' | 'new-service' };

const which = fc.integer({ min: 0, max: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('fire' as const),
    count: fc.integer({ min: 1, max: 6 }),
    priority: fc.constantFrom('critical', 'medium', 'low'),
  }),
  fc.record({ act: fc.constantFrom('resolve', 'acknowledge', 'rise', 'fall', 'retake'), which }),
  fc.record({ act: fc.constant('quiet' as const), seconds: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ act: fc.constantFrom('wake', 'new-service') }),
);

test('whatever happens, in the end every open alert is in a toast of its own or counted in the summary, and no other is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.integer({ min: 0, max: 9000 })), { maxLength: 40 }),
      async (story) => {
        const at = announcing({ settings: { reminderMinutes: 0 } });
        const alerts = new Map<AlertId, Pick<Alert, 'priority' | 'state'>>();
        /** Taken back by a person, who knows: open without a toast. */
        const known = new Set<AlertId>();
        const change = (number: number, kind: 'resolved' | 'acknowledged' | 'level-rose' | 'level-fell') => {
          const id: AlertId = `A${number + 1}`;
          const alert = alerts.get(id);
          if (alert === undefined || alert.state === 'resolved') return;
          const given: Partial<Alert> =
            kind === 'resolved'
              ? { state: 'resolved', resolvedBy: 'recovery', resolvedAt: Date.now() }
              : kind === 'acknowledged'
                ? { state: 'acknowledged', acknowledgedAt: Date.now() }
                : kind === 'level-rose'
                  ? { state: 'open', acknowledgedAt: null, priority: 'critical' }
                  : { priority: 'low' };
          if (kind === 'level-rose') known.delete(id);
          alerts.set(id, { priority: given.priority ?? alert.priority, state: given.state ?? alert.state });
          at.change(kind, [id], given);
        };
        for (const [one, pauseMs] of story) {
          switch (one.act) {
            case 'fire':
              for (let count = 0; count < one.count; count += 1) {
                alerts.set(`A${alerts.size + 1}`, { priority: one.priority, state: 'open' });
              }
              at.fire(one.count, one.priority, alerts.size - one.count + 1);
              break;
            case 'resolve':
              change(one.which, 'resolved');
              break;
            case 'acknowledge':
              change(one.which, 'acknowledged');
              break;
            case 'rise':
              change(one.which, 'level-rose');
              break;
            case 'fall':
              change(one.which, 'level-fell');
              break;
            case 'retake': {
              const id: AlertId = `A${one.which + 1}`;
              const alert = alerts.get(id);
              if (alert?.state !== 'acknowledged') break;
              known.add(id);
              alerts.set(id, { ...alert, state: 'open' });
              at.change('unacknowledged', [id], { state: 'open', acknowledgedAt: null });
              break;
            }
            case 'quiet':
              at.state.quietUntil = Date.now() + one.seconds * 1000;
              at.announcer.rulesChanged();
              break;
            case 'wake':
              at.announcer.wake();
              known.clear();
              break;
            case 'new-service':
              at.presenter.comeBack(true);
              known.clear();
              break;
          }
          await vi.advanceTimersByTimeAsync(pauseMs);
        }
        await vi.advanceTimersByTimeAsync(10 * 60_000);

        const open = [...alerts].filter(([, { state, priority }]) => state === 'open' && priority !== 'low');
        const own = new Set([...at.presenter.up].filter((id) => id !== 'summary'));
        const isOpen = new Set<string>(open.map(([id]) => id));
        expect([...own].filter((id) => !isOpen.has(id))).toEqual([]);
        const inSummary = at.presenter.up.has('summary')
          ? Number(at.presenter.toasts.findLast(({ id }) => id === 'summary')?.title.split(' ')[0])
          : 0;
        const missing = open.length - own.size - inSummary;
        expect(missing).toBeGreaterThanOrEqual(0);
        expect(missing).toBeLessThanOrEqual(open.filter(([id]) => known.has(id)).length);
        expect(new Set(at.records.map(({ alertId }) => alertId)).size).toBe(alerts.size);
        expect(at.reported).toEqual([]);
        await at.announcer.stop();
      },
    ),
    { numRuns: 300 },
  );
});
