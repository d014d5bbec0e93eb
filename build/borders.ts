// The borders of DESIGN: which folder may know of which. A table and a pure judgement; check-borders.ts reads the tree.

/** One import found in a file; `to` is a path of the repository, or null for a package. */
export interface FoundImport {
  readonly from: string;
  readonly line: number;
  readonly specifier: string;
  readonly to: string | null;
}

/** A broken rule, with what to do instead. */
export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly instead: string;
}

interface Zone {
  /** Longest match wins; a name ending in '/' covers the folder, any other exactly one file. */
  readonly path: string;
  /** What it may import of ours besides its own folder, in the same notation. '' is everything. */
  readonly mayImport: readonly string[];
  readonly instead: string;
}

/** From request to pixel: an arrow that is not here does not exist. */
const zones: readonly Zone[] = [
  {
    path: 'shared/',
    mayImport: [],
    instead: 'shared/ is what both sides use: move the needed thing into shared/ or the user of it out',
  },
  {
    path: 'renderer/',
    mayImport: ['shared/'],
    instead:
      'the window draws and asks: add a call or a push to shared/bridge.ts, or move the pure part to shared/',
  },
  {
    path: 'main/headless.ts',
    mayImport: ['main/', 'shared/', 'package.json'],
    instead: 'wire parts of main/ only',
  },
  {
    path: 'main/app-parts.ts',
    mayImport: [
      'shared/',
      'main/notifications/presenter.ts',
      'main/settings/tunnel-secret.ts',
      'main/tray/tray-view.ts',
      'main/window/bridge-call.ts',
    ],
    instead: 'it names interfaces only: let app.ts import the implementation',
  },
  {
    path: 'main/webhook/',
    mayImport: ['shared/', 'main/sources/', 'main/alerts/ingest.ts'],
    instead: 'hand it in from app.ts, or let alerts/ingest do it',
  },
  {
    path: 'main/sources/',
    mayImport: ['shared/', 'main/alerts/alert-event.ts'],
    instead: 'a sender turns bytes into events and knows nothing else: return it as part of the event',
  },
  {
    path: 'main/alerts/',
    mayImport: ['shared/', 'main/database/'],
    instead: 'alerts publish changes: subscribe to them in app.ts instead of calling out',
  },
  {
    path: 'main/notifications/',
    mayImport: ['shared/'],
    instead: 'decide from the change record, and take what acts as a parameter from app.ts',
  },
  {
    path: 'main/notifications/notification-log.ts',
    mayImport: ['shared/', 'main/database/', 'main/notifications/'],
    instead: 'the log may use the database and nothing else of main/',
  },
  {
    path: 'main/tray/',
    mayImport: ['shared/'],
    instead: 'compute the face from shared/ types and take actions as parameters from app.ts',
  },
  {
    path: 'main/window/',
    mayImport: ['shared/'],
    instead: 'let bridge-handlers.ts do it: the other files here are the frame and its door',
  },
  {
    path: 'main/window/bridge-handlers.ts',
    mayImport: [
      'shared/',
      'main/window/',
      'main/alerts/',
      'main/settings/',
      'main/sources/',
      'main/database/',
      'main/webhook/',
    ],
    instead:
      'handlers call the parts that own the data; effects (toasts, tray) follow from changes in app.ts',
  },
  {
    path: 'main/window/reach-handlers.ts',
    mayImport: ['shared/', 'main/window/', 'main/settings/', 'main/tunnel/', 'main/on-call/'],
    instead: 'handlers call the parts that own the data; effects follow from changes in app.ts',
  },
  {
    path: 'main/window/refusing.ts',
    mayImport: ['shared/', 'main/window/', 'main/alerts/', 'main/settings/', 'main/database/'],
    instead: 'it knows what the parts throw and nothing else of them',
  },
  {
    path: 'main/control/',
    mayImport: ['shared/', 'main/window/bridge-call.ts', 'main/window/bridge-handlers.ts'],
    instead: 'the second door runs the same handlers as the first: add a call to shared/bridge.ts',
  },
  {
    path: 'main/tunnel/',
    mayImport: ['shared/', 'main/settings/', 'main/database/'],
    instead: 'take the facts as parameters from reaching.ts',
  },
  {
    path: 'main/on-call/',
    mayImport: ['shared/', 'main/database/'],
    instead: 'take the facts as parameters from on-calling.ts',
  },
  {
    path: 'main/settings/',
    mayImport: ['shared/', 'main/database/'],
    instead: 'settings are read by others and know none of them',
  },
  {
    path: 'main/database/',
    mayImport: ['shared/'],
    instead: 'the database serves the folders above: put SQL about a thing into its folder',
  },
  {
    path: 'main/system/',
    mayImport: ['shared/', 'main/app-parts.ts'],
    instead: 'one operating system service per file, handed to app.ts by index.ts',
  },
  // What lies directly in main/ wires the folders together; no folder may import it, because it is in nobody's list.
  { path: 'main/', mayImport: ['main/', 'shared/'], instead: 'wire parts of main/ only' },
  { path: 'build/', mayImport: [''], instead: '' },
  { path: 'test/', mayImport: [''], instead: '' },
];

/** The only files that may import Electron. */
const electronFiles = [
  'main/index.ts',
  'main/notifications/notifier.ts',
  'main/tray/tray.ts',
  'main/window/window.ts',
  'main/window/preload.ts',
  'main/window/bridge-door.ts',
  'main/system/',
  'build/bootstrap/load-app.mjs',
];

/** Packages that belong to one place. */
const packageHomes: readonly {
  readonly name: RegExp;
  readonly homes: readonly string[];
  readonly instead: string;
}[] = [
  {
    name: /^electron(\/|$)/,
    homes: electronFiles,
    instead: 'take an interface as a parameter and implement it in a file that may import electron',
  },
  {
    name: /^better-sqlite3$/,
    homes: ['main/database/'],
    instead: 'take the Database type and the connection from main/database/',
  },
  {
    name: /^@ngrok\//,
    homes: ['main/tunnel/'],
    instead: 'what comes in from outside comes through main/tunnel/',
  },
  {
    name: /^(fastify|@fastify\/)/,
    homes: ['main/webhook/'],
    instead: 'HTTP from outside enters through main/webhook/',
  },
  {
    name: /^(react|react-dom|react-aria-components|lucide-react)(\/|$)/,
    homes: ['renderer/'],
    instead: 'only the window draws',
  },
];

/** Names that say nothing about what is inside. */
const emptyNames = /(^|\/)(utils?|helpers?|common|misc|managers?|services?|types)(\/|\.[a-z.]+$)/;

const covers = (pattern: string, file: string): boolean =>
  pattern === '' || (pattern.endsWith('/') ? file.startsWith(pattern) : file === pattern);

function zoneOf(file: string): Zone | undefined {
  return zones.filter((zone) => covers(zone.path, file)).toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** The folder that counts as a file's own: `main/alerts/` and all below it, or a top folder. */
function ownFolder(file: string): string {
  const [top = '', second = '', ...rest] = file.split('/');
  return top === 'main' && rest.length > 0 ? `main/${second}/` : `${top}/`;
}

/** Judges one import; null when it is allowed. */
export function judgeImport(found: FoundImport): Breach | null {
  const { from: file, line, specifier, to } = found;
  if (to === null) {
    const rule = packageHomes.find(({ name }) => name.test(specifier));
    // Tests and the build may use every package.
    if (rule && !/^(test|build)\//.test(file) && !rule.homes.some((home) => covers(home, file))) {
      return { file, line, what: `imports ${specifier}`, instead: rule.instead };
    }
    if (specifier.startsWith('node:') && /^(shared|renderer)\//.test(file)) {
      return {
        file,
        line,
        what: `imports ${specifier}`,
        instead: 'this runs in a page: ask main/ over the bridge',
      };
    }
    return null;
  }
  const zone = zoneOf(file);
  if (!zone) return { file, line, what: 'is in no known folder', instead: 'see the folder map in README.md' };
  const own = ownFolder(file);
  const ownIsEnough = own !== 'main/' && covers(own, to);
  if (ownIsEnough || zone.mayImport.some((pattern) => covers(pattern, to))) return null;
  return { file, line, what: `imports ${to}`, instead: zone.instead };
}

/** Judges what a file is called. */
export function judgeName(file: string): Breach | null {
  return emptyNames.test(file)
    ? {
        file,
        line: 1,
        what: 'has a name that says nothing',
        instead: 'name the file or folder after what it owns',
      }
    : null;
}

/** Lines after which a source file ought to be two; text, data and tests may be long. */
export const longFile = { warn: 300, fail: 450 };

/** Judges the text of one file apart from its imports. */
export function judgeText(file: string, text: string): readonly Breach[] {
  const breaches: Breach[] = [];
  const reExport = /^export (\*|\{[^}]*\}) from /m.exec(text);
  if (reExport && !file.startsWith('test/')) {
    const line = text.slice(0, reExport.index).split('\n').length;
    breaches.push({
      file,
      line,
      what: 'exports from another file',
      instead: 'import from the file that owns the thing',
    });
  }
  if (/\bwindow\.tocsin\b/.test(text) && file.startsWith('renderer/') && file !== 'renderer/bridge.ts') {
    const line = text.slice(0, text.indexOf('window.tocsin')).split('\n').length;
    breaches.push({ file, line, what: 'touches window.tocsin', instead: 'use renderer/bridge.ts' });
  }
  const lines = text.split('\n').length - 1;
  if (lines > longFile.fail && !/^(test\/|shared\/text\/)/.test(file)) {
    breaches.push({
      file,
      line: lines,
      what: `has ${lines} lines`,
      instead: `split what it owns: the limit is ${longFile.fail}`,
    });
  }
  return breaches;
}

/** Every folder a stranger can meet must be explained in the README's folder map, and nothing else. */
export function judgeFolderMap(folders: readonly string[], readme: string | null): readonly Breach[] {
  if (readme === null)
    return [{ file: 'README.md', line: 1, what: 'is missing', instead: 'write it, with the folder map' }];
  const named = (folder: string): boolean =>
    readme.includes(`${folder}/`) || new RegExp(`(^|[^\\w-])${folder.split('/').at(-1)}/`, 'm').test(readme);
  const missing = folders
    .filter((folder) => !named(folder))
    .map((folder) => ({
      file: 'README.md',
      line: 1,
      what: `does not name ${folder}/`,
      instead: 'add it to the folder map',
    }));
  const stale = [...readme.matchAll(/\bmain\/([a-z-]+)\//g)]
    .filter(([, name]) => !folders.includes(`main/${name}`))
    .map(([text]) => ({
      file: 'README.md',
      line: 1,
      what: `names ${text}, which does not exist`,
      instead: 'correct the folder map',
    }));
  return [...missing, ...stale];
}
