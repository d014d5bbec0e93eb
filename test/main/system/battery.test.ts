import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { linuxPower, macPower, readLinuxPower, type SupplyDevice } from '../../../main/system/battery.ts';

const battery = (status: string, capacity: string): SupplyDevice => ({ type: 'Battery', status, capacity });
const charger = (online: '0' | '1'): SupplyDevice => ({ type: 'Mains', online });
const mouse: SupplyDevice = { ...battery('Discharging', '3'), scope: 'Device' };

describe('Linux', () => {
  test.each([
    ['unplugged', [charger('0'), battery('Discharging', '57')], 'battery', 57],
    ['plugged in', [charger('1'), battery('Charging', '57')], 'mains', 57],
    ['plugged in by USB-C', [{ type: 'USB', online: '1' }, battery('Charging', '57')], 'mains', 57],
    ['a charger that is too weak', [charger('1'), battery('Discharging', '57')], 'mains', 57],
    ['no charger is named, and it empties', [battery('Discharging', '57')], 'battery', 57],
    ['no charger is named, and it does not empty', [battery('Not charging', '80')], 'mains', 80],
    ['the state is not said', [charger('0'), battery('Unknown', '57')], 'unknown', 57],
    ['two batteries', [charger('0'), battery('Discharging', '10'), battery('Unknown', '91')], 'battery', 51],
    ['the charge is not said', [charger('0'), battery('Discharging', 'n/a')], 'battery', null],
    [
      'a bay without its battery',
      [charger('1'), { ...battery('Unknown', '0'), present: '0' }],
      'mains',
      null,
    ],
    ['no battery but that of a mouse', [charger('0'), mouse], 'mains', null],
    ['a virtual machine', [], 'mains', null],
  ] as const)('%s', (_what, devices, supply, batteryPercent) => {
    expect(linuxPower(devices)).toEqual({ supply, batteryPercent });
  });

  test('is read from the files of the system', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-power-'));
    const write = (device: string, files: Readonly<Record<string, string>>): void => {
      mkdirSync(path.join(folder, device));
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, device, name), text);
    };
    write('AC', { type: 'Mains\n', online: '0\n' });
    write('BAT0', { type: 'Battery\n', present: '1\n', status: 'Discharging\n', capacity: '19\n' });
    write('hidpp_battery_0', { type: 'Battery\n', scope: 'Device\n', status: 'Discharging\n' });
    await expect(readLinuxPower(folder)).resolves.toEqual({ supply: 'battery', batteryPercent: 19 });
    rmSync(folder, { recursive: true });
    await expect(readLinuxPower(folder)).resolves.toEqual({ supply: 'unknown', batteryPercent: null });
  });

  test('can be asked on this machine', async () => {
    expect(['mains', 'battery', 'unknown']).toContain((await readLinuxPower()).supply);
  });
});

test('macOS says what it draws from, and the charge of its own battery', () => {
  const line = ' -InternalBattery-0 (id=22151267)\t63%; discharging; 4:21 remaining present: true\n';
  expect(macPower(`Now drawing from 'Battery Power'\n${line}`)).toEqual({
    supply: 'battery',
    batteryPercent: 63,
  });
  expect(macPower(`Now drawing from 'AC Power'\n${line}`)).toEqual({ supply: 'mains', batteryPercent: 63 });
  expect(macPower("Now drawing from 'AC Power'\n")).toEqual({ supply: 'mains', batteryPercent: null });
  expect(macPower("Now drawing from 'UPS Power'\n -UPS (id=1)\t90%;\n")).toEqual({
    supply: 'battery',
    batteryPercent: null,
  });
  expect(macPower('')).toEqual({ supply: 'unknown', batteryPercent: null });
});
