// The desktop as it is right now, for the settings, the first run's help and the diagnostics.
import { readFileSync } from 'node:fs';
import { release, type } from 'node:os';
import type { DesktopFacts, StartAtLogin } from '../../shared/desktop-facts.ts';
import type { SessionServices } from './session-services.ts';

/** What a system tells without being asked over a bus. */
const untold: SessionServices = {
  trayHost: 'unknown',
  notificationServer: null,
  notificationCapabilities: [],
};

/** `services` is null where there is no bus to ask. */
export function desktopFacts(startAtLogin: StartAtLogin, services: SessionServices | null): DesktopFacts {
  const { trayHost, notificationServer, notificationCapabilities } = services ?? untold;
  const { electron, chrome, node } = process.versions;
  return {
    platform: platformOf(process.platform),
    system: systemName(),
    session: [process.env['XDG_CURRENT_DESKTOP'], process.env['XDG_SESSION_TYPE']].filter(Boolean).join(' '),
    trayHost: process.platform === 'linux' ? trayHost : 'present',
    notificationServer,
    notificationCapabilities: [...notificationCapabilities],
    startAtLogin,
    versions: { electron: electron ?? '', chromium: chrome ?? '', node },
  };
}

function platformOf(name: NodeJS.Platform): DesktopFacts['platform'] {
  if (name === 'darwin') return 'macos';
  return name === 'win32' ? 'windows' : 'linux';
}

function systemName(): string {
  const kernel = `${type()} ${release()}`;
  if (process.platform !== 'linux') return kernel;
  try {
    const name = /^PRETTY_NAME="?([^"\n]{1,100})/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    return name === undefined ? kernel : `${name}, ${kernel}`;
  } catch {
    return kernel;
  }
}
