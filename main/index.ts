// Electron's entry: one instance, the OS-backed parts, and app.ts in the middle. Read it from top to bottom.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { app, nativeTheme, type WebContents } from 'electron';
import type { Push } from '../shared/bridge.ts';
import type { Settings } from '../shared/settings.ts';
import { pickLanguage } from '../shared/text/language.ts';
import { terminalText } from '../shared/text/terminal-text.ts';
import { startApp } from './app.ts';
import { type Desktop, StartFailure } from './app-parts.ts';
import { choosePresenter } from './notifications/notifier.ts';
import { connectBus, sessionBusAddress } from './notifications/session-bus.ts';
import { setAppMenu } from './system/app-menu.ts';
import { copyText } from './system/clipboard.ts';
import { createGlobalShortcut } from './system/global-shortcut.ts';
import { keepGtkFromOpenGl } from './system/gtk-without-opengl.ts';
import { openLink } from './system/links.ts';
import { desktopFacts } from './system/desktop-facts.ts';
import { createKeepAwake } from './system/keep-awake.ts';
import { createKeyring } from './system/keyring.ts';
import { isPersonHere } from './system/presence.ts';
import { onShutdown, onSleep, readPower } from './system/power.ts';
import { openLogFile } from './system/log-file.ts';
import { quitThrough } from './system/quit.ts';
import { askSessionServices, type SessionServices } from './system/session-services.ts';
import { createSoundPage } from './system/sound-page.ts';
import { createLoginStart, hiddenFlag, isHiddenStart } from './system/start-at-login.ts';
import { startLines } from './system/start-lines.ts';
import { onWake } from './system/wake.ts';
import { lockDownWeb } from './system/web-lockdown.ts';
import { createTray } from './tray/tray.ts';
import { openBridgeDoor } from './window/bridge-door.ts';
import { appOrigin } from './window/renderer-files.ts';
import { createAppWindow, registerAppScheme } from './window/window.ts';

const bundleDir = path.join(import.meta.dirname, '..');

// The terminal may be closed while the app runs on; writing to it must not end the app.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

app.setName('Tocsin');
app.setAppUserModelId('app.tocsin.Tocsin');
// Not awaited: Electron becomes ready only when this module has been evaluated.
if (app.requestSingleInstanceLock()) void run();
else {
  console.log(terminal(systemLocale()).alreadyRunning);
  app.exit(0);
}

async function run(): Promise<void> {
  // Whoever runs it as root has to pass --no-sandbox: insisting would leave Chromium's processes dying in a loop.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  keepGtkFromOpenGl();
  registerAppScheme();
  lockDownWeb();
  const dataDir = app.getPath('userData');
  const log = openLogFile(dataDir);
  const onTrouble = (what: string, error: unknown = null): void => {
    log(JSON.stringify({ time: Date.now(), level: 50, msg: what, error: inspect(error) }));
  };
  // A bug in one corner must not make the pager deaf: what was committed is safe, the rest is logged.
  process.on('uncaughtException', (error) => onTrouble('uncaught exception', error));
  process.on('unhandledRejection', (error) => onTrouble('unhandled rejection', error));

  // The app starts while Chromium still does: a webhook is taken before the desktop is there to show it.
  const desktopReady = app.whenReady();
  const window = createAppWindow({
    rendererDir: path.join(bundleDir, 'renderer'),
    preloadFile: path.join(bundleDir, 'main', 'preload.cjs'),
    iconFile: path.join(bundleDir, 'app-icon.png'),
    memoryFile: path.join(dataDir, 'window.json'),
    onTrouble: (what) => {
      free = { page: null, rows: 0 };
      onTrouble(what);
    },
  });
  const door = openBridgeDoor({
    page: window.page,
    handlers: async () => (await starting).handlers,
    onTrouble,
  });
  /** Rows that the page could show on top of those it has; of no page when it crashed or is gone. */
  let free: { page: WebContents | null; rows: number } = { page: null, rows: 0 };
  const keepAwake = createKeepAwake();
  const follow = ({ theme }: Settings): void => {
    nativeTheme.themeSource = theme;
  };
  const loginStart = createLoginStart();
  const setShortcut = createGlobalShortcut(() => showWindow());
  const push = (message: Push): void => {
    if (message.type === 'settings') follow(message.settings);
    door.push(message);
  };
  const soundPage = createSoundPage({
    ready: desktopReady,
    url: `${appOrigin}/sound/sound.html`,
    onTrouble,
  });
  const desktop: Desktop = {
    presenter: choosePresenter({
      ready: desktopReady,
      memoryFile: path.join(dataDir, 'toasts.json'),
      onTrouble,
    }),
    tray: createTray({
      ready: desktopReady,
      iconDir: path.join(bundleDir, 'tray-icons'),
      onAction: (action) => void starting.then((running) => running.actOnTray(action)),
    }),
    push,
    showWindow: (alertId) => {
      showWindow();
      if (alertId !== null) push({ type: 'show-alert', id: alertId });
    },
    showList: () => {
      showWindow();
      push({ type: 'show-list', place: 'open' });
    },
    showScreen: (screen) => {
      showWindow();
      push({ type: 'show-screen', screen });
    },
    playSound: soundPage.play,
    onSleep: (listener) => void desktopReady.then(() => onSleep(listener)),
    onWake: (listener) => void desktopReady.then(() => onWake(listener)),
    onShutdown: (listener) => void desktopReady.then(() => onShutdown(listener)),
    power: () => desktopReady.then(readPower),
    keyring: createKeyring(desktopReady),
    keepAwake: (on) => void desktopReady.then(() => keepAwake(on)),
    takeVisibleRow: () => {
      const isSeen = free.rows > 0 && free.page === window.page() && window.isFocused() && isPersonHere();
      if (isSeen) free.rows -= 1;
      return isSeen;
    },
    noteFreeRows: (rows) => {
      free = { page: window.page(), rows };
    },
    facts: async () => desktopFacts(loginStart.read(), await sessionServices()),
    setStartAtLogin: loginStart.set,
    setShortcut,
    copyText,
    openLink,
    quit: () => app.quit(),
  };

  const showWindow = (): void => void desktopReady.then(window.show);
  const starting = startApp({
    dataDir,
    version: app.getVersion(),
    port: portFlag(),
    locale: systemLocale,
    desktop,
    log,
  });

  app.on('second-instance', (_event, argv) => {
    if (!argv.includes(hiddenFlag)) showWindow();
  });
  app.on('activate', showWindow);
  // Closing the window is not quitting: Tocsin goes on in the tray, and without a tray until the next launch shows it.
  app.on('window-all-closed', () => undefined);
  quitThrough(async () => {
    try {
      window.destroy();
      soundPage.close();
    } finally {
      await (await starting).stop();
    }
  });

  try {
    const running = await starting;
    await desktopReady;
    setAppMenu(process.platform);
    app.dock?.hide();
    const settings = await running.handlers.getSettings({});
    const { hearing } = await running.handlers.health({});
    follow(settings);
    if (!setShortcut(settings.shortcut)) onTrouble('the keys that show the window were refused');
    const language = pickLanguage(settings.language, systemLocale());
    // A desktop that starts an installed app keeps what it prints in a journal, where no secret may go.
    const isKept = app.isPackaged && !process.stdout.isTTY;
    const lines = startLines(hearing, running.webhookUrl, running.tryIt(), language);
    for (const line of isKept ? lines.slice(0, 1) : lines) console.log(line);
    // Without a source nothing can be heard: whatever the flag says, a person has to add one.
    const isSetUp = !hearing.causes.some(({ code }) => code === 'never-set-up');
    if (!isHiddenStart() || !isSetUp) showWindow();
  } catch (error) {
    const why = error instanceof StartFailure ? error.message : String(error);
    onTrouble('start failed', error);
    console.error(terminal(systemLocale()).couldNotStart(why));
    app.exit(1);
  }
}

/** Electron knows it when it is ready; until then the terminal's has to do. */
function systemLocale(): string {
  return app.getLocale() || Intl.DateTimeFormat().resolvedOptions().locale;
}

function terminal(locale: string) {
  return terminalText[pickLanguage('system', locale)];
}

/** Null where there is no session bus to ask: other systems, or a session without one. */
async function sessionServices(): Promise<SessionServices | null> {
  const address = process.platform === 'linux' ? sessionBusAddress(process.env, existsSync) : null;
  if (address === null) return null;
  try {
    const bus = await connectBus(address, 2000, { onSignal: () => undefined, onLost: () => undefined });
    // A service that never answers is given up with the connection.
    const patience = setTimeout(() => bus.disconnect(), 2000);
    const services = await askSessionServices(bus);
    clearTimeout(patience);
    bus.disconnect();
    return services;
  } catch {
    return null;
  }
}

/** `--port=N` overrides the settings for this run; 0 picks a free port. */
function portFlag(): number | null {
  const text = app.commandLine.getSwitchValue('port');
  const port = Number(text);
  return text !== '' && Number.isInteger(port) && port >= 0 && port <= 65535 ? port : null;
}
