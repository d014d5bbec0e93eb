// Start at login, by the means of each system; always hidden, because a person who logs in wants to get to work.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { app, type LoginItemSettings } from 'electron';
import type { StartAtLogin } from '../../shared/desktop-facts.ts';
import { AutostartEntry, autostartFile, type CommandLine } from './autostart-entry.ts';

/** Starts without a window. */
export const hiddenFlag = '--hidden';

export interface LoginStart {
  /** What the system says now. */
  readonly read: () => StartAtLogin;
  /** Answers with what the system says afterwards. Throws what the system refuses with. */
  readonly set: (on: boolean) => StartAtLogin;
}

export function createLoginStart(): LoginStart {
  const obstacle = obstacleHere();
  if (obstacle !== null) {
    const answer = (): StartAtLogin => ({ state: obstacle, program: null });
    return { read: answer, set: answer };
  }
  if (process.platform === 'linux') {
    const entry = new AutostartEntry(autostartFile(process.env, homedir()), commandHere());
    return { read: () => entry.read(), set: (on) => entry.set(on) };
  }
  const [program, ...args] = commandHere();
  const which = { path: program, args };
  const read = (): StartAtLogin => judgeLoginItem(app.getLoginItemSettings(which));
  return {
    read,
    set: (on) => {
      app.setLoginItemSettings({ ...which, openAtLogin: on });
      return read();
    },
  };
}

/** True when this start was to be without a window; macOS passes a login item no flags but tells afterwards. */
export function isHiddenStart(): boolean {
  if (process.argv.includes(hiddenFlag)) return true;
  return process.platform === 'darwin' && app.isPackaged && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** A sandboxed package cannot write where the desktop looks; macOS would start a bare Electron without our folder. */
function obstacleHere(): 'sandboxed' | 'not-installed' | null {
  const { FLATPAK_ID, SNAP } = process.env;
  if (process.platform === 'linux' && (FLATPAK_ID !== undefined || SNAP !== undefined)) return 'sandboxed';
  return process.platform === 'darwin' && !app.isPackaged ? 'not-installed' : null;
}

/** As this copy was started: an AppImage by its file, what `npm start` runs by its folder, both on the same data. */
function commandHere(): CommandLine {
  const { APPIMAGE } = process.env;
  const program = APPIMAGE !== undefined && existsSync(APPIMAGE) ? APPIMAGE : process.execPath;
  return [
    program,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    // Only ever there when root started it, for whom Electron refuses to run otherwise.
    ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
    ...(app.commandLine.hasSwitch('user-data-dir') ? [`--user-data-dir=${app.getPath('userData')}`] : []),
    hiddenFlag,
  ];
}

function judgeLoginItem({ openAtLogin, status }: LoginItemSettings): StartAtLogin {
  if (status === 'requires-approval') return { state: 'needs-approval', program: null };
  return { state: openAtLogin ? 'on' : 'off', program: null };
}
