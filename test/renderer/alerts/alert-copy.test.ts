import { describe, expect, test } from 'vitest';
import { alertAsJson, alertAsText } from '../../../renderer/alerts/alert-copy.ts';
import { windowText } from '../../../shared/text/window-text.ts';
import { fakeAlert } from '../fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const time = (at: number): string => `@${at}`;

describe('copying an alert', () => {
  test('as text: what, where, value, since, labels, links and key, and no empty lines', () => {
    const alert = fakeAlert(7, now, {
      condition: null,
      labels: { zone: 'b' },
      links: [{ label: '', url: 'https://example.com/x', host: 'example.com' }],
      count: 3,
    });
    expect(alertAsText(alert, windowText.en, time).split('\n')).toEqual([
      '**Medium: Disk usage high on app-7** (A7, Open)',
      'Disk usage of app-7 is 88 %, over its limit of 85 %.',
      '- Resource: app-7',
      '- Value: 88 %',
      `- Since: @${now - 600_000}`,
      '- Occurrences: 3',
      '- Source: CloudMonitor',
      '- zone: b',
      '- example.com: https://example.com/x',
      '- Key: `cloudmonitor:1:1000000000000000:rule-7:instanceId=i-demo7`',
    ]);
  });

  test('speaks the language of the window, not of the sender', () => {
    expect(alertAsText(fakeAlert(7, now), windowText['zh-CN'], time)).toContain('资源: app-7');
  });

  test('as JSON: the whole alert', () => {
    const alert = fakeAlert(7, now);
    expect(JSON.parse(alertAsJson(alert))).toEqual(alert);
  });
});
