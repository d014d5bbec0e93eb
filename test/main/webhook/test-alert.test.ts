import { expect, test } from 'vitest';
import { senders } from '../../../main/sources/catalogue.ts';
import { isTestAlert } from '../../../main/webhook/test-alert.ts';

test.each(senders.map((sender) => [sender.kind, sender] as const))(
  'an alert made of a sample of %s is known as a test by its name',
  (_kind, sender) => {
    const alertOf = (name: string): Parameters<typeof isTestAlert>[0] => {
      const { body } = sender.sample({ state: 'firing', level: 'CRITICAL', at: Date.UTC(2026, 2, 1), name });
      const reading = sender.read({ method: 'POST', contentType: null, query: '', body: Buffer.from(body) });
      const description = reading.kind === 'events' ? reading.events[0]?.description : undefined;
      if (description === undefined) throw new Error('the sample was not understood');
      return { title: description.title, labels: { ...description.labels } };
    };
    expect(isTestAlert(alertOf('Tocsin test 7f3k'))).toBe(true);
    expect(isTestAlert(alertOf('Disk full'))).toBe(false);
  },
);
