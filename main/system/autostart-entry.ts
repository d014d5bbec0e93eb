// Start at login on Linux: an entry in the autostart folder, because Electron has no such call there
// (electron/electron#15198). Autostart and Desktop Entry Specifications of freedesktop.org. Plain Node.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StartAtLogin } from '../../shared/desktop-facts.ts';

/** Program and arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** The same for every copy, so that two of them never start at one login. */
const entryName = 'app.tocsin.Tocsin.desktop';

/** Where the entry lies; `env` tells of the folder, `home` is the person's. */
export function autostartFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const wanted = env['XDG_CONFIG_HOME'] ?? '';
  // The specification: a relative path is to be ignored.
  const config = path.isAbsolute(wanted) ? wanted : path.join(home, '.config');
  return path.join(config, 'autostart', entryName);
}

/** The file's text. */
export function entryText(command: CommandLine): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.0',
    'Name=Tocsin',
    'Comment=Alerts from your monitoring',
    'Comment[zh_CN]=来自监控系统的告警',
    `Exec=${execOf(command)}`,
    'Icon=tocsin',
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** What an entry's text means. Null: there is no entry. */
export function judgeEntry(text: string | null, command: CommandLine): StartAtLogin {
  const off: StartAtLogin = { state: 'off', program: null };
  if (text === null) return off;
  const keys = keysOf(text);
  const isEnabled = keys.get('Hidden') !== 'true' && keys.get('X-GNOME-Autostart-enabled') !== 'false';
  const exec = keys.get('Exec');
  if (!isEnabled || exec === undefined) return off;
  return exec === execOf(command)
    ? { state: 'on', program: null }
    : { state: 'elsewhere', program: programOf(exec) };
}

/** Reads the truth back each time: people and their desktop's settings change the file as well. */
export class AutostartEntry {
  readonly #file: string;
  readonly #command: CommandLine;

  constructor(file: string, command: CommandLine) {
    this.#file = file;
    this.#command = command;
  }

  read(): StartAtLogin {
    return judgeEntry(this.#text(), this.#command);
  }

  /** Throws what the file system says. */
  set(on: boolean): StartAtLogin {
    if (on) {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      // Whole or not at all: a desktop may read it at any moment.
      const draft = `${this.#file}.${process.pid}.new`;
      try {
        writeFileSync(draft, entryText(this.#command), { mode: 0o644 });
        renameSync(draft, this.#file);
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      }
    } else rmSync(this.#file, { force: true });
    return this.read();
  }

  #text(): string | null {
    try {
      return readFileSync(this.#file, 'utf8');
    } catch {
      // Absent, or unreadable for the desktop as well.
      return null;
    }
  }
}

/** Each argument quoted as the specification wants it, then the backslashes of the file itself. */
function execOf(command: CommandLine): string {
  return command
    .map((argument) => {
      const escaped = argument.replaceAll('%', '%%');
      if (/^[\w./:=@+,%-]+$/.test(escaped)) return escaped;
      return `"${escaped.replace(/["`$\\]/g, '\\$&')}"`;
    })
    .join(' ')
    .replaceAll('\\', '\\\\');
}

function programOf(exec: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(exec.replaceAll('\\\\', '\\'))?.[1]?.replace(/\\(.)/g, '$1');
  return (quoted ?? exec.split(' ')[0] ?? exec).replaceAll('%%', '%').slice(0, 500);
}

/** Keys of the main group; the first one of a name counts. */
function keysOf(text: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  let isMain = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('[')) isMain = line.trim() === '[Desktop Entry]';
    const at = line.indexOf('=');
    if (!isMain || at < 1 || line.startsWith('#')) continue;
    const key = line.slice(0, at).trim();
    if (!keys.has(key)) keys.set(key, line.slice(at + 1).trim());
  }
  return keys;
}
