// The frame around the list. It is destroyed when it closes, which gives its memory back, and built anew when wanted:
// nothing that matters lives in it.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, nativeTheme, protocol, screen, type WebContents } from 'electron';
import { appOrigin, appScheme, rendererFile } from './renderer-files.ts';
import { noMemory, parseMemory, place, remember, smallestSize, type WindowMemory } from './window-bounds.ts';

/** A move or a resize is many events; the file is written once they pause. */
const saveAfterMs = 400;

/** A page paints long before; after this the window is shown as it is. */
const revealWithinMs = 2000;

/** The page's background in either theme (renderer/theme/tokens.css, `--canvas`; a journey compares them): no white flash before it paints. */
const background = { light: '#f3f4f6', dark: '#14171a' } as const;

export interface WindowOptions {
  /** Holds index.html and what it loads. */
  readonly rendererDir: string;
  readonly preloadFile: string;
  /** For title bar and window list on Linux and Windows; a Mac takes it from the bundle. */
  readonly iconFile: string;
  /** Remembers where the window was on each display. */
  readonly memoryFile: string;
  /** Names what happened to the page, for the log. */
  readonly onTrouble: (what: string) => void;
}

export interface AppWindow {
  /** Opens the window or brings it to the front. Only ever called because a person asked. */
  readonly show: () => void;
  readonly page: () => WebContents | null;
  /** A person looks at it: it is visible and has the focus. */
  readonly isFocused: () => boolean;
  /** Closes it for good and keeps its place. */
  readonly destroy: () => void;
}

/** Makes `tocsin://` a real origin: own storage, module scripts, no special powers. Call before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** The window itself comes with the first `show`, which must wait until Electron is ready. */
export function createAppWindow(options: WindowOptions): AppWindow {
  let current: BrowserWindow | null = null;
  let revealed: BrowserWindow | null = null;
  const revealOnce = (window: BrowserWindow): void => {
    if (window.isDestroyed() || revealed === window) return;
    revealed = window;
    reveal(window);
  };
  void app.whenReady().then(() => {
    serveRenderer(options.rendererDir);
    nativeTheme.on('updated', () => current?.setBackgroundColor(backgroundNow()));
  });
  let memory = readMemory(options.memoryFile);

  const save = (window: BrowserWindow): void => {
    const bounds = window.getNormalBounds();
    memory = remember(memory, screen.getDisplayMatching(bounds).id, {
      bounds,
      maximized: window.isMaximized(),
    });
    writeMemory(options.memoryFile, memory, options.onTrouble);
  };

  const open = (): BrowserWindow => {
    const placement = place(memory, screen.getAllDisplays(), screen.getPrimaryDisplay());
    const window = new BrowserWindow({
      ...placement.bounds,
      minWidth: smallestSize.width,
      minHeight: smallestSize.height,
      title: 'Tocsin',
      icon: options.iconFile,
      show: false,
      backgroundColor: backgroundNow(),
      webPreferences: {
        preload: options.preloadFile,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    window.setMenuBarVisibility(false);
    if (placement.maximized) window.maximize();
    keepMemory(window, save);
    keepAlive(window, options.onTrouble);
    // Some Wayland desktops never say ready-to-show of a hidden window (electron/electron#48859).
    const late = setTimeout(() => revealOnce(window), revealWithinMs);
    window.once('closed', () => clearTimeout(late));
    window.once('ready-to-show', () => revealOnce(window));
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('closed', () => {
      current = null;
      app.dock?.hide();
    });
    void app.dock?.show();
    // A failed load is reported by keepAlive; the promise would only repeat it.
    window.loadURL(`${appOrigin}/index.html`).catch(() => undefined);
    return window;
  };

  return {
    show: () => {
      if (current === null) current = open();
      // Before the first paint there is nothing to show yet; it will be revealed.
      else if (revealed === current) reveal(current);
    },
    page: () => (current === null || current.isDestroyed() ? null : current.webContents),
    isFocused: () => current?.isFocused() === true && current.isVisible() && !current.isMinimized(),
    destroy: () => {
      if (current === null) return;
      save(current);
      current.destroy();
    },
  };
}

function backgroundNow(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}

function reveal(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** A page that crashed or did not load is tried once more; after that the window closes and the app goes on. */
function keepAlive(window: BrowserWindow, onTrouble: (what: string) => void): void {
  let triedAgain = false;
  const tryAgain = (what: string): void => {
    onTrouble(what);
    if (window.isDestroyed()) return;
    if (triedAgain) {
      window.destroy();
      return;
    }
    triedAgain = true;
    window.webContents.reload();
  };
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') tryAgain(`The window's page ended: ${details.reason}.`);
  });
  window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame) tryAgain(`The window's page did not load: ${description} (${code}).`);
  });
  window.webContents.on('preload-error', (_event, file, error) => {
    onTrouble(`The window's preload ${path.basename(file)} failed: ${error.message}`);
  });
}

function keepMemory(window: BrowserWindow, save: (window: BrowserWindow) => void): void {
  let timer: NodeJS.Timeout | null = null;
  const later = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => save(window), saveAfterMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', () => save(window));
  window.on('closed', () => {
    if (timer !== null) clearTimeout(timer);
  });
}

function readMemory(file: string): WindowMemory {
  try {
    return parseMemory(readFileSync(file, 'utf8'));
  } catch {
    return noMemory;
  }
}

/** Written beside and renamed, so that a crash leaves the old file or the new one, never half of one. */
function writeMemory(file: string, memory: WindowMemory, onTrouble: (what: string) => void): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(memory));
    renameSync(`${file}.new`, file);
  } catch (error) {
    onTrouble(`The window's place was not saved: ${String(error)}`);
  }
}

function serveRenderer(rendererDir: string): void {
  protocol.handle(appScheme, async (request) => {
    const file = rendererFile(rendererDir, request.method, request.url);
    if (file === null) return new Response(null, { status: 404 });
    try {
      return new Response(await readFile(file.path), { headers: file.headers });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
