import { expect, test } from 'vitest';
import { deliveryAsText } from '../../../renderer/deliveries/delivery-copy.ts';
import { textsOf } from '../../../shared/text/texts.ts';

test('a copy has the request as it came, what became of it and why, but not the secret', () => {
  const text = deliveryAsText(
    {
      id: 'D12',
      sourceId: 'cm-main',
      receivedAt: 0,
      method: 'POST',
      contentType: 'text/plain',
      remoteAddress: '192.0.2.7',
      bytes: 5,
      bodyRemoved: false,
      verdict: 'opened',
      reason: 'opened',
      alertIds: ['A3'],
      body: 'a=b',
      headers: { 'user-agent': 'Try/1' },
      query: 'x=1',
      bodyHash: 'abcd',
      bodyDamaged: false,
    },
    'Main',
    textsOf('en'),
    (at) => `time ${at}`,
  );
  expect(text.split('\n')).toEqual([
    'D12: opened an alert',
    'A new problem.',
    'Received: time 0',
    'Source: Main',
    'Sender: 192.0.2.7',
    'Alerts: A3',
    'SHA-256 of the body: abcd',
    '',
    'POST /hooks/cm-main/…?x=1',
    'user-agent: Try/1',
    '',
    'a=b',
    '',
  ]);
});
