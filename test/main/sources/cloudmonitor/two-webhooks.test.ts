// itoc360 tells people to set one address both at the contact and at the rule (reference 8): every alert then comes twice.
import { afterEach, expect, test } from 'vitest';
import { TestLedger } from '../../../fakes/ledger.ts';
import { fixture, form, readEvent } from './delivery.ts';

let ledger: TestLedger;
afterEach(() => ledger.close());

test('what a contact and a rule both send is one alert, delivered twice', async () => {
  ledger = new TestLedger();
  ledger.now = Date.UTC(2025, 2, 6, 14);
  const verdicts: string[] = [];
  for (const file of ['memory-firing.form', 'memory-risen.form', 'memory-recovered.form']) {
    const body = fixture(file).toString();
    // The same fields come in another order from the other sender.
    for (const sent of [body, body.split('&').toReversed().join('&')]) {
      ledger.now += 1000;
      verdicts.push((await ledger.deliver(readEvent(sent))).verdict);
    }
  }
  expect(verdicts).toEqual(['opened', 'retry', 'level-changed', 'retry', 'resolved', 'retry']);
  expect(ledger.told.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
  expect(ledger.told.at(-1)?.alert).toMatchObject({ id: 'A1', state: 'resolved', count: 2 });
});

test('also when one of the two knows fewer fields', async () => {
  ledger = new TestLedger();
  ledger.now = Date.UTC(2025, 2, 6, 14);
  const timestamp = String(ledger.now - 5000);
  const short = { unit: null, expression: null, curValue: null, metricName: null };
  expect((await ledger.deliver(readEvent(form({ timestamp })))).verdict).toBe('opened');
  expect((await ledger.deliver(readEvent(form({ timestamp, ...short })))).verdict).toBe('retry');
  expect([...ledger.openAlerts.alerts()]).toHaveLength(1);
});
