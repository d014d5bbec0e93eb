import { describe, expect, test } from 'vitest';
import {
  type EventWords,
  meaningOf,
  readEventName,
} from '../../../../main/sources/cloudmonitor/event-state.ts';

const words = (more: Partial<EventWords>): EventWords => ({
  name: 'Instance:SystemMaintenance.Reboot',
  eventStatus: null,
  executeFinishTime: null,
  outcome: null,
  status: null,
  ...more,
});

describe('what the content says of its own step is trusted most', () => {
  test.each([
    ['Scheduled', 'firing'],
    ['Inquiring', 'firing'],
    ['Executing', 'firing'],
    ['failed', 'firing'],
    ['Executed', 'recovered'],
    ['AVOIDED', 'recovered'],
    ['Canceled', 'recovered'],
  ])('%s: %s, whatever name and status say', (eventStatus, meaning) => {
    const others = meaning === 'firing' ? 'Executed' : 'Executing';
    const name = `Instance:SystemMaintenance.Reboot:${others}`;
    expect(meaningOf(words({ name, eventStatus, status: others }))).toBe(meaning);
  });

  test('a time of its end ends it, but not when it failed', () => {
    const executeFinishTime = '2025-03-06T19:15:00Z';
    const name = 'Instance:SystemMaintenance.Reboot:Executing';
    expect(meaningOf(words({ name, executeFinishTime }))).toBe('recovered');
    expect(meaningOf(words({ name, executeFinishTime, eventStatus: 'Executing' }))).toBe('recovered');
    expect(meaningOf(words({ name, executeFinishTime, eventStatus: 'Failed' }))).toBe('firing');
  });
});

describe('then the name', () => {
  test.each([
    ['Disk:Stalled:Executing', 'firing'],
    ['Disk:Stalled:Executed', 'recovered'],
    ['EnsRegion: NetworkDown: Executed', 'recovered'],
    ['Instance:SystemFailure.Reboot:Failed', 'firing'],
    ['Agent_Status_Stopped', 'firing'],
    ['Agent_Status_Running', 'recovered'],
    ['DeviceOffline', 'firing'],
    ['DeviceOnline', 'recovered'],
    ['Instance_Failure_End', 'recovered'],
    ['ipsec_health_check_success', 'recovered'],
    ['ddoscoo_event_blackhole_add', 'firing'],
  ])('%s: %s, whatever the status says', (name, meaning) => {
    const status = meaning === 'firing' ? 'Executed' : 'Executing';
    expect(meaningOf(words({ name, status }))).toBe(meaning);
  });
});

describe('then the outcome in the content', () => {
  test.each([
    ['Instance:LiveMigrationAcrossDDH', 'failed', 'firing'],
    ['Instance:LiveMigrationAcrossDDH', 'started', 'firing'],
    ['Instance:LiveMigrationAcrossDDH', 'accomplished', 'well'],
    ['Disk:DiskOperationCompleted', 'failed', 'firing'],
    ['Snapshot:CreateSnapshotCompleted', null, 'well'],
    ['Instance:StateChange', 'Running', 'well'],
    ['Instance:StateChange', 'Starting', 'ordinary'],
    ['Instance:StateChange', 'Stopped', 'firing'],
    ['Instance:StateChange', 'Deleted', 'firing'],
    ['Instance:PerformanceModeChange', 'Running', 'firing'],
  ] as const)('%s %s: %s', (name, outcome, meaning) => {
    expect(meaningOf(words({ name, outcome }))).toBe(meaning);
  });
});

test.each([
  ['Executing', 'firing'],
  ['Executed', 'recovered'],
  ['Normal', 'firing'],
  ['unNormal', 'firing'],
  [null, 'firing'],
] as const)('the status %s alone: %s', (status, meaning) => {
  expect(meaningOf(words({ status }))).toBe(meaning);
});

test('a failover is news although its status is Executed', () => {
  expect(meaningOf(words({ name: 'Instance_Failover', status: 'Executed' }))).toBe('firing');
});

describe('all steps of one thing have one name', () => {
  test.each([
    ['Disk:Stalled:Executing', 'Disk:Stalled', 'Executing'],
    ['EnsRegion: NetworkDown: Executed', 'EnsRegion: NetworkDown', 'Executed'],
    ['Instance:StateChange', 'Instance:StateChange', null],
    ['Agent_Status_Running', 'Agent_Status_Stopped', null],
    ['Agent_Status_Stopped', 'Agent_Status_Stopped', null],
    ['Executed', 'Executed', null],
    ['', '', null],
  ])('%s', (name, base, suffix) => {
    expect(readEventName(name)).toEqual({ base, suffix });
  });
});
