// Where a program of the system is. A desktop session often has a shorter PATH than a terminal.
import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';

/** Where package managers put programs that a desktop session may not know of. */
const usualFolders: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin', '/bin'],
  linux: ['/usr/local/bin', '/usr/bin', '/bin', '/snap/bin'],
};

/**
 * The full path of `name` (or `name` itself when it is one), or null when there is no such program. Never looks in the
 * working folder.
 */
export function findProgram(
  name: string,
  searchPath = process.env['PATH'] ?? '',
  platform = process.platform,
): string | null {
  if (path.isAbsolute(name)) return isProgram(name) ? name : null;
  const folders = [...searchPath.split(path.delimiter), ...(usualFolders[platform] ?? [])];
  const file = platform === 'win32' ? `${name}.exe` : name;
  for (const folder of folders) {
    const found = path.join(folder, file);
    if (path.isAbsolute(folder) && isProgram(found)) return found;
  }
  return null;
}

/**
 * What to start in place of `program` so that it ends with us, even when we are killed. On Linux util-linux asks the kernel
 * for that (PR_SET_PDEATHSIG); on Windows libuv's job object does it anyway; on macOS there is nothing of the kind.
 */
export function boundToUs(
  program: string,
  args: readonly string[],
  platform = process.platform,
): readonly [string, ...string[]] {
  const binder = platform === 'linux' ? findProgram('setpriv') : null;
  // BusyBox has a setpriv too, which does not know the option.
  if (binder === null || path.basename(realpathSync(binder)) !== 'setpriv') return [program, ...args];
  return [binder, '--pdeathsig', 'TERM', '--', program, ...args];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
