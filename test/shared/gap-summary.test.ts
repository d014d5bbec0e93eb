import { describe, expect, test } from 'vitest';
import type { Gap } from '../../shared/coverage.ts';
import { gapSummary } from '../../shared/gap-summary.ts';
import { gapLengthText, gapSummaryText } from '../../shared/text/coverage-text.ts';

const hour = 3_600_000;
const startedAt = new Date(2026, 10, 21, 2, 10).getTime();
const gap: Gap = { id: 1, startedAt, endedAt: startedAt + 4.5 * hour, cause: 'asleep', later: [] };
const source = (kind: 'cloudmonitor' | 'clustercontrol' | 'universal', name: string, createdAt = 0) => ({
  kind,
  name,
  createdAt,
});
const sources = [
  source('universal', 'Scripts'),
  source('cloudmonitor', 'Prod'),
  source('cloudmonitor', 'Test'),
];

describe('after a gap a person is told', () => {
  test('how long it was, why, and who may have called in vain', () => {
    expect(gapSummary(gap, sources)).toEqual({
      startedAt,
      endedAt: startedAt + 4.5 * hour,
      cause: 'asleep',
      missed: [
        { kind: 'cloudmonitor', names: ['Prod', 'Test'] },
        { kind: 'universal', names: ['Scripts'] },
      ],
    });
  });

  test('nothing of a short one, of one that lasts, and where nobody could have called', () => {
    expect(gapSummary({ ...gap, endedAt: startedAt + 60_000 }, sources)).toBeNull();
    expect(gapSummary({ ...gap, endedAt: startedAt + 60_001 }, sources)).not.toBeNull();
    expect(gapSummary({ ...gap, endedAt: null }, sources)).toBeNull();
    expect(gapSummary(gap, [])).toBeNull();
    expect(gapSummary(gap, [source('universal', 'New', startedAt + 5 * hour)])).toBeNull();
  });

  test('nothing of what was the own choice of a person, but of what came with it', () => {
    expect(gapSummary({ ...gap, cause: 'all-sources-paused' }, sources)).toBeNull();
    const later: Gap['later'] = [{ at: startedAt + hour, cause: 'no-network' }];
    expect(gapSummary({ ...gap, cause: 'never-set-up', later }, sources)?.cause).toBe('no-network');
  });
});

describe('in words', () => {
  const summary = gapSummary(gap, [...sources, source('clustercontrol', 'Galera')]);
  const say = (language: 'en' | 'zh-CN') => (summary === null ? null : gapSummaryText(language, summary));

  test('in English', () => {
    const said = say('en');
    expect(said?.title).toBe('Could not hear for 4 hr 30 min');
    expect(said?.lines[0]).toMatch(/2:10\sAM to 6:40\sAM\. The computer slept\.$/);
    expect(said?.lines[1]).toContain('CloudMonitor (Prod, Test) tries three times');
    expect(said?.lines[2]).toContain('ClusterControl (Galera) is not known to try again');
    expect(said?.lines[3]).toContain('Of Scripts: Alertmanager and Grafana repeat');
  });

  test('in Chinese', () => {
    const said = say('zh-CN');
    expect(said?.title).toBe('曾有4小时30分钟收不到告警');
    expect(said?.lines[0]).toContain('电脑处于睡眠状态');
    expect(said?.lines[1]).toContain('云监控（Prod、Test）');
  });

  test('the end of a gap over midnight has its day', () => {
    const over = gapSummary({ ...gap, endedAt: startedAt + 30 * hour }, sources);
    expect(over === null ? '' : gapSummaryText('en', over).lines[0]).toMatch(/Nov 21.* to .*Nov 22/);
  });

  test.each([
    [999, '<1 sec'],
    [59_999, '59 sec'],
    [61_000, '1 min 1 sec'],
    [hour, '1 hr'],
    [27 * hour + 59_000, '1 day 3 hr'],
  ])('%i ms is %s, never rounded up', (ms, text) => {
    expect(gapLengthText('en', ms)).toBe(text);
  });
});
