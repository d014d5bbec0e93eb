// What the computer runs on, as each system tells it. Plain Node: Linux by its /sys, macOS by pmset, Windows by CIM.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PowerFacts } from '../../shared/on-call.ts';

const unknownPower: PowerFacts = { supply: 'unknown', batteryPercent: null };

/** One device of /sys/class/power_supply: the files that are there, without the line end. */
export type SupplyDevice = Readonly<Partial<Record<(typeof attributes)[number], string>>>;
const attributes = ['type', 'scope', 'present', 'online', 'status', 'capacity'] as const;
const programMs = 5000;

/** Linux (Documentation/ABI/testing/sysfs-class-power). `folder` is for tests. Rejects nothing. */
export async function readLinuxPower(folder = '/sys/class/power_supply'): Promise<PowerFacts> {
  try {
    const names = await readdir(folder);
    return linuxPower(await Promise.all(names.map((name) => readDevice(path.join(folder, name)))));
  } catch {
    return unknownPower;
  }
}

async function readDevice(folder: string): Promise<SupplyDevice> {
  const read = async (name: string): Promise<[string, string][]> => {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => null);
    return text === null ? [] : [[name, text.trim()]];
  };
  return Object.fromEntries((await Promise.all(attributes.map(read))).flat());
}

/** A mouse or a headset is a battery, too, but of scope `Device`. Without any battery a computer is on mains. */
export function linuxPower(devices: readonly SupplyDevice[]): PowerFacts {
  const ours = devices.filter(({ scope, present }) => scope !== 'Device' && present !== '0');
  const batteries = ours.filter(({ type }) => type === 'Battery');
  if (batteries.length === 0) return { supply: 'mains', batteryPercent: null };
  const chargers = ours.filter(({ type, online }) => type !== 'Battery' && online !== undefined);
  return { supply: supplyOf(chargers, batteries), batteryPercent: percentOf(batteries) };
}

function supplyOf(
  chargers: readonly SupplyDevice[],
  batteries: readonly SupplyDevice[],
): PowerFacts['supply'] {
  if (chargers.some(({ online }) => online !== '0')) return 'mains';
  if (batteries.some(({ status }) => status === 'Discharging')) return 'battery';
  const isFed = ({ status }: SupplyDevice): boolean =>
    status === 'Charging' || status === 'Full' || status === 'Not charging';
  return batteries.every(isFed) ? 'mains' : 'unknown';
}

/** Of several batteries the mean: all of them have to be empty. */
function percentOf(batteries: readonly SupplyDevice[]): number | null {
  const percents = batteries.flatMap(({ capacity }) => readPercent(capacity) ?? []);
  if (percents.length === 0) return null;
  return Math.round(percents.reduce((sum, percent) => sum + percent, 0) / percents.length);
}

/** macOS. Rejects nothing. */
export async function readMacPower(): Promise<PowerFacts> {
  const text = await outputOf('/usr/bin/pmset', ['-g', 'batt']);
  return text === null ? unknownPower : macPower(text);
}

/** `Now drawing from 'Battery Power'`, and a line for each battery with `63%; discharging`. */
export function macPower(text: string): PowerFacts {
  const source = /drawing from '(AC|UPS|Battery) Power'/.exec(text)?.[1];
  return {
    supply: source === undefined ? 'unknown' : source === 'AC' ? 'mains' : 'battery',
    batteryPercent: readPercent(/InternalBattery[^\n]*?\b(\d{1,3})%/.exec(text)?.[1]),
  };
}

/** Windows, best effort: Electron knows the supply, CIM the charge. Rejects nothing. */
export async function readWindowsPower(isOnBattery: boolean, systemRoot: string): Promise<PowerFacts> {
  if (!isOnBattery) return { supply: 'mains', batteryPercent: null };
  const shell = path.win32.join(systemRoot, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const question = '(Get-CimInstance Win32_Battery | Select-Object -First 1).EstimatedChargeRemaining';
  const text = await outputOf(shell, ['-NoProfile', '-NonInteractive', '-Command', question]);
  return { supply: 'battery', batteryPercent: readPercent(text?.trim()) };
}

function readPercent(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,3}$/.test(text)) return null;
  return Math.min(100, Number(text));
}

function outputOf(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const options = {
      timeout: programMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
      maxBuffer: 65_536,
    } as const;
    execFile(program, args, options, (error, stdout) => resolve(error === null ? stdout : null));
  });
}
