import { describe, expect, test } from 'vitest';
import { copyOf } from '../../../renderer/alerts/alert-copy.ts';
import { windowText } from '../../../shared/text/window-text.ts';
import { fakeAlert } from '../fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const time = (at: number): string => `@${at}`;
const rich = fakeAlert(7, now, {
  condition: null,
  labels: { zone: 'b' },
  links: [{ label: '', url: 'https://example.com/x', host: 'example.com' }],
  count: 3,
});

describe('copying an alert', () => {
  test('as text: what, where, value, since, labels, links and key, no marks and no empty lines', () => {
    expect(copyOf([rich], 'text', windowText.en, time).split('\n')).toEqual([
      'Medium: Disk usage high on app-7 (A7, Open)',
      'Disk usage of app-7 is 88 %, over its limit of 85 %.',
      'Resource: app-7',
      'Value: 88 %',
      `Since: @${now - 600_000}`,
      'Occurrences: 3',
      'Source: CloudMonitor',
      'zone: b',
      'example.com: https://example.com/x',
      'Key: cloudmonitor:1:1000000000000000:rule-7:instanceId=i-demo7',
    ]);
  });

  test('as Markdown: a headline, a list, links that can be clicked', () => {
    expect(copyOf([rich], 'markdown', windowText.en, time).split('\n')).toEqual([
      '**Medium: Disk usage high on app-7 (A7, Open)**',
      '',
      'Disk usage of app-7 is 88 %, over its limit of 85 %.',
      '',
      '- Resource: app-7',
      '- Value: 88 %',
      `- Since: @${now - 600_000}`,
      '- Occurrences: 3',
      '- Source: CloudMonitor',
      '- zone: b',
      '- [example.com](<https://example.com/x>)',
      '- Key: `cloudmonitor:1:1000000000000000:rule-7:instanceId=i-demo7`',
    ]);
  });

  test('as Markdown nothing a sender wrote becomes a link, HTML, a heading or a line of its own', () => {
    const hostile = fakeAlert(1, now, {
      title: '[pay](https://evil.example) <img src=x>',
      text: '# big\n- item\n1. first',
      resource: 'a\n- b',
      key: 'k`1`',
    });
    const lines = copyOf([hostile], 'markdown', windowText.en, time).split('\n');
    expect(lines[0]).toContain(String.raw`\[pay\](https://evil.example) \<img src=x\>`);
    expect(lines.slice(2, 5)).toEqual([String.raw`\# big`, String.raw`\- item`, String.raw`\1. first`]);
    expect(lines).toContain('- Resource: a - b');
    expect(lines.at(-1)).toBe('- Key: `` k`1` ``');
  });

  test('speaks the language of the window, not of the sender', () => {
    expect(copyOf([fakeAlert(7, now)], 'text', windowText['zh-CN'], time)).toContain('资源: app-7');
  });

  test('as JSON: the whole alert; several are an array', () => {
    const [one, two] = [fakeAlert(7, now), fakeAlert(8, now)];
    expect(JSON.parse(copyOf([one], 'json', windowText.en, time))).toEqual(one);
    expect(JSON.parse(copyOf([one, two], 'json', windowText.en, time))).toEqual([one, two]);
  });

  test('several are separated by an empty line', () => {
    const text = copyOf([fakeAlert(7, now), fakeAlert(8, now)], 'text', windowText.en, time);
    expect(text.split('\n\n').map((part) => /\((A\d+),/.exec(part)?.[1])).toEqual(['A7', 'A8']);
  });
});
