// The shared libraries and programs Electron needs on Debian and Ubuntu: looked for, and installed when we are root.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, lastLines } from './run-command.mjs';
import { progress, Stop, say, secondsSince } from './say.mjs';

/**
 * Debian 12's package for each library of Electron that a minimal installation lacks. Debian 13 and Ubuntu 24.04 append
 * "t64" to some of these names; packageName() finds out.
 * @type {readonly (readonly [RegExp, string])[]}
 */
const LIBRARY_PACKAGES = [
  [/^lib(nss3|nssutil3|smime3|ssl3)\.so/, 'libnss3'],
  [/^libnspr4\.so/, 'libnspr4'],
  [/^libatk-1\.0\.so/, 'libatk1.0-0'],
  [/^libatk-bridge-2\.0\.so/, 'libatk-bridge2.0-0'],
  [/^libatspi\.so/, 'libatspi2.0-0'],
  [/^libcups\.so/, 'libcups2'],
  [/^lib(gtk|gdk)-3\.so/, 'libgtk-3-0'],
  [/^libgbm\.so/, 'libgbm1'],
  [/^libdrm\.so/, 'libdrm2'],
  [/^libasound\.so/, 'libasound2'],
  [/^libdbus-1\.so/, 'libdbus-1-3'],
  [/^libexpat\.so/, 'libexpat1'],
  [/^libpango-1\.0\.so/, 'libpango-1.0-0'],
  [/^libcairo\.so/, 'libcairo2'],
  [/^lib(glib|gobject|gio|gmodule)-2\.0\.so/, 'libglib2.0-0'],
  [/^libxkbcommon\.so/, 'libxkbcommon0'],
  [/^libudev\.so/, 'libudev1'],
  [/^libxcb\.so/, 'libxcb1'],
  [/^libX11\.so/, 'libx11-6'],
  [/^libXcomposite\.so/, 'libxcomposite1'],
  [/^libXdamage\.so/, 'libxdamage1'],
  [/^libXext\.so/, 'libxext6'],
  [/^libXfixes\.so/, 'libxfixes3'],
  [/^libXrandr\.so/, 'libxrandr2'],
];

/** @typedef {'virtual-display' | 'session-bus' | 'tests' | 'torture'} Need */

/** @type {Record<Need, readonly (readonly [program: string, packageName: string])[]>} */
const PROGRAM_PACKAGES = {
  'virtual-display': [
    ['Xvfb', 'xvfb'],
    ['xvfb-run', 'xvfb'],
    ['xauth', 'xauth'],
  ],
  'session-bus': [['dbus-run-session', 'dbus']],
  torture: [['strace', 'strace']],
  tests: [
    ['dbus-daemon', 'dbus'],
    ['dunst', 'dunst'],
    ['dunstctl', 'dunst'],
    ['prometheus-alertmanager', 'prometheus-alertmanager'],
    ['curl', 'curl'],
    ['openssl', 'openssl'],
    ['ssh', 'openssh-client'],
    ['sshd', 'openssh-server'],
  ],
};

/** Packages that start a service; the tests want its program, and nobody here wants the service. */
const SERVICES = new Map([
  ['prometheus-alertmanager', 'prometheus-alertmanager'],
  ['openssh-server', 'ssh'],
]);

/** @param {string} program */
export function isOnPath(program) {
  // Servers lie where an ordinary user's PATH does not lead.
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].some(
    (dir) => dir !== '' && existsSync(join(dir, program)),
  );
}

/**
 * Makes sure that `executable` can be loaded and that what `needs` names is there. Linux only; elsewhere nothing is missing.
 * @param {string} executable
 * @param {readonly Need[]} needs
 */
export async function ensureSystemPackages(executable, needs) {
  if (process.platform !== 'linux') return;
  const libraries = await missingLibraries(executable);
  const programs = needs.flatMap((need) => PROGRAM_PACKAGES[need]).filter(([program]) => !isOnPath(program));
  const fonts = needs.includes('virtual-display') ? missingFonts() : [];
  if (libraries.length + programs.length + fonts.length === 0) return;

  const found = [...libraries, ...programs.map(([program]) => program), ...fonts].join(', ');
  if (!isOnPath('apt-get')) {
    throw new Stop(
      `These are missing for Electron on this machine: ${found}. Please install them with your package manager.`,
    );
  }
  const names = libraries.map((library) => {
    const known = LIBRARY_PACKAGES.find(([pattern]) => pattern.test(library))?.[1];
    if (known === undefined)
      throw new Stop(`Electron needs ${library}, and which package has it is not known here.`);
    return known;
  });
  names.push(...programs.map(([, name]) => name), ...fonts);
  await install([...new Set(names)].toSorted(), found);
}

/** @param {string} executable */
async function missingLibraries(executable) {
  const { output } = await runCommand('ldd', [executable]);
  const names = output.split('\n').flatMap((line) => /^\s*(\S+) => not found/.exec(line)?.[1] ?? []);
  return [...new Set(names)];
}

/** On a virtual display nobody else has cared for fonts; without a Chinese one every Chinese text is boxes. */
function missingFonts() {
  const files = fontFiles('/usr/share/fonts').concat(fontFiles('/usr/local/share/fonts'));
  const missing = [];
  if (!files.some((name) => /\.(ttf|otf|ttc)$/i.test(name) && !/CJK/i.test(name)))
    missing.push('fonts-dejavu-core');
  if (!files.some((name) => /CJK|WenQuanYi|wqy|SourceHan|DroidSansFallback/i.test(name)))
    missing.push('fonts-noto-cjk');
  return missing;
}

/**
 * @param {string} dir
 * @returns {string[]}
 */
function fontFiles(dir) {
  try {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

/**
 * @param {readonly string[]} names
 * @param {string} found what was missing, in the person's words
 */
async function install(names, found) {
  const services = names.flatMap((name) => SERVICES.get(name) ?? []);
  if (process.getuid?.() !== 0) {
    const quiet = services.map((name) => ` && sudo systemctl disable --now ${name}`).join('');
    throw new Stop(
      `Missing on this machine: ${found}. Run this once, then start again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}${quiet}`,
    );
  }
  say(`missing on this machine: ${found}.`);
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  await apt('updating the list of Debian packages', [...lock, 'update']);
  const exact = await Promise.all(names.map(packageName));
  say(`installing ${exact.join(' ')}`);
  await apt(`${exact.length} Debian packages`, [
    ...lock,
    'install',
    '-y',
    '--no-install-recommends',
    ...exact,
  ]);
  for (const service of services) await stopService(service);
}

/**
 * Now and at the next start of the machine. Where services are not started at all (a container) there is nothing to stop.
 * @param {string} name
 */
async function stopService(name) {
  if (existsSync('/run/systemd/system')) {
    await runCommand('systemctl', ['disable', '--now', name]);
    return;
  }
  await runCommand('service', [name, 'stop']);
  await runCommand('update-rc.d', [name, 'disable']);
}

/** @param {string} name */
async function packageName(name) {
  const renamed = await runCommand('apt-cache', ['show', '--no-all-versions', `${name}t64`]);
  return renamed.code === 0 && renamed.output !== '' ? `${name}t64` : name;
}

/**
 * @param {string} what
 * @param {readonly string[]} args
 */
async function apt(what, args) {
  const startedAt = Date.now();
  const bar = progress(what);
  const { code, output } = await runCommand('apt-get', ['-o', 'APT::Status-Fd=3', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    // dlstatus:ITEM:PERCENT:TEXT while downloading, pmstatus:PACKAGE:PERCENT:TEXT while unpacking (apt's README.progress-reporting).
    onStatusLine: (line) => {
      const [kind, , percent] = line.split(':');
      if (kind === 'dlstatus') bar.at(`download ${Math.floor(Number(percent))} %`);
      if (kind === 'pmstatus') bar.at(`set up ${Math.floor(Number(percent))} %`);
    },
  });
  if (code !== 0)
    throw new Stop(`apt-get could not finish (${what}): ${lastLines(output.replaceAll(/^W:.*$/gm, ''))}`);
  bar.done(`done in ${secondsSince(startedAt)}`);
}
