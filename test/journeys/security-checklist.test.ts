// Electron's security checklist (docs/tutorial/security.md), point by point against the running app. What we do not have
// at all (remote content, webviews, pop-ups) is tried, and must fail.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../main/window/renderer-files.ts';
import { bridgeCallNames } from '../../shared/bridge-names.ts';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';

const root = path.join(import.meta.dirname, '..', '..');

let desktop: Desktop;
let app: DesktopApp;
let page: Page;
/** A server that must never be asked for anything. */
let outside: Server;
let outsideUrl = '';
const asked: string[] = [];

beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('outside');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const address = outside.address();
  if (address === null || typeof address === 'string') throw new Error('The outside server has no port.');
  outsideUrl = `http://127.0.0.1:${address.port}`;
  desktop = await Desktop.open();
  app = await desktop.launch();
  page = await app.page();
});
afterAll(async () => {
  await desktop.close();
  await new Promise((resolve) => outside.close(resolve));
});

/** What Electron really runs the page with. */
async function preference(name: string): Promise<unknown> {
  return app.electron.evaluate(({ BrowserWindow }, wanted) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences()[wanted] ?? null;
  }, name);
}

/** Fetches with the window's session from the main process: no content policy is in the way there, only our blocking. */
function fetchInSession(url: string): Promise<string> {
  return app.electron.evaluate(async ({ session }, wanted) => {
    try {
      const answer = await session.defaultSession.fetch(wanted, { bypassCustomProtocolHandlers: false });
      return `${answer.status} ${answer.headers.get('content-security-policy') ?? ''}`.trim();
    } catch (error) {
      return String(error);
    }
  }, url);
}

const windowCount = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

describe("Electron's security checklist", () => {
  test('1: only secure content is loaded: everything in the page is ours, and nothing else can be fetched', async () => {
    const loaded = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script, link')].map((one) =>
        'src' in one ? one.src : one.href,
      ),
    );
    expect(loaded.length).toBeGreaterThan(0);
    for (const name of loaded) expect(name).toMatch(/^tocsin:\/\/app\//);
    for (const url of [outsideUrl, outsideUrl.replace('http', 'ws')])
      expect(await fetchInSession(url)).not.toMatch(/^200/);
    expect(asked).toEqual([]);
  });

  test('2: the page has no Node', async () => {
    for (const name of ['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames']) {
      expect((await preference(name)) ?? false, name).toBe(false);
    }
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis),
    );
    expect(found).toEqual([]);
  });

  test('3: contexts are isolated: the page can neither reach behind the bridge nor replace it', async () => {
    expect(await preference('contextIsolation')).toBe(true);
    const reached = await page.evaluate(() => {
      const holder = window as unknown as {
        tocsin: { health: { constructor: (code: string) => () => unknown } };
      };
      let behind: string;
      try {
        // The way out of a bridge that shares functions with the page: the constructor of one of them.
        behind = String(holder.tocsin.health.constructor('return typeof process + typeof require')());
      } catch {
        behind = 'refused';
      }
      const before = holder.tocsin;
      try {
        holder.tocsin = { health: { constructor: () => () => 'forged' } };
      } catch {
        // A frozen property throws in strict code, and is left alone in sloppy code.
      }
      return { behind, replaced: holder.tocsin !== before };
    });
    expect(['refused', 'undefinedundefined']).toContain(reached.behind);
    expect(reached.replaced).toBe(false);
  });

  test('4: the page is sandboxed, and Chromium keeps its sandbox unless root had to give it up', async () => {
    expect(await preference('sandbox')).toBe(true);
    const argv = await app.electron.evaluate(() => process.argv);
    const isRoot = process.getuid?.() === 0;
    // Playwright passes --no-sandbox on Linux whoever runs it; the product's own start never does (see npm start).
    expect(argv.includes('--no-sandbox')).toBe(process.platform === 'linux' || isRoot);
    const source = readFileSync(path.join(root, 'main', 'index.ts'), 'utf8');
    expect(source).toContain('app.enableSandbox()');
  });

  test('5: every permission is denied, asked for or checked', async () => {
    const answers = await page.evaluate(async () => {
      const position = await new Promise<string>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(`denied ${error.code}`),
          { timeout: 2000 },
        ),
      );
      const camera = await navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      );
      const clipboard = await navigator.clipboard.readText().then(
        () => 'granted',
        (error: Error) => error.name,
      );
      return { notifications: await Notification.requestPermission(), position, camera, clipboard };
    });
    expect(answers.notifications).toBe('denied');
    expect(answers.position).toBe('denied 1');
    expect(['NotAllowedError', 'NotFoundError']).toContain(answers.camera);
    expect(answers.clipboard).toBe('NotAllowedError');
    const states = await page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'camera', 'microphone', 'midi', 'clipboard-read'];
      return Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      );
    });
    expect([...new Set(states)]).toEqual(['denied']);
  });

  test('6: web security stays on', async () => {
    expect(await preference('webSecurity')).toBe(true);
    expect(await page.evaluate(() => globalThis.isSecureContext)).toBe(true);
  });

  test('7: the content policy is sent as a header and works: nothing inline, nothing evaluated, no connection', async () => {
    expect(await fetchInSession('tocsin://app/index.html')).toBe(`200 ${contentSecurityPolicy}`);
    const tried = await page.evaluate(async (url) => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      const markup = document.createElement('div');
      markup.innerHTML =
        '<img src="x" onerror="globalThis.handlerRan = true"><p style="color: rgb(1, 2, 3)">x</p>';
      document.body.append(markup);
      const picture = new Image();
      const pictureLoaded = new Promise<boolean>((resolve) => {
        picture.addEventListener('load', () => resolve(true));
        picture.addEventListener('error', () => resolve(false));
      });
      picture.src = `${url}/pixel.png`;
      const worked = {
        inline: 'inlineRan' in globalThis,
        inlineStyle: getComputedStyle(markup.querySelector('p') ?? markup).color === 'rgb(1, 2, 3)',
        fetch: await fetch(url).then(
          () => true,
          () => false,
        ),
        ownFetch: await fetch('tocsin://app/index.html').then(
          () => true,
          () => false,
        ),
        picture: await pictureLoaded,
        handler: false,
      };
      await new Promise((resolve) => setTimeout(resolve, 100));
      worked.handler = 'handlerRan' in globalThis;
      markup.remove();
      script.remove();
      return worked;
    }, outsideUrl);
    expect(tried).toEqual({
      inline: false,
      inlineStyle: false,
      fetch: false,
      ownFetch: false,
      picture: false,
      handler: false,
    });
    // Playwright evaluates outside the policy; a script that the page itself loads does not.
    expect(contentSecurityPolicy).not.toContain('unsafe-eval');
    expect(asked).toEqual([]);
  });

  test('8: insecure content is not allowed to run', async () => {
    expect(await preference('allowRunningInsecureContent')).toBe(false);
  });

  test('9: no experimental features', async () => {
    expect(await preference('experimentalFeatures')).toBe(false);
  });

  test('10: no Blink features switched on', async () => {
    expect((await preference('enableBlinkFeatures')) ?? '').toBe('');
  });

  test('11: a webview with allowpopups opens nothing, because a webview is only an unknown word', async () => {
    const before = await app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length);
    const kind = await page.evaluate((url) => {
      const view = document.createElement('webview');
      view.setAttribute('allowpopups', '');
      view.setAttribute('src', url);
      document.body.append(view);
      const { length } = Object.keys(view);
      const result = { reload: 'reload' in view, own: length, shadow: view.shadowRoot !== null };
      view.remove();
      return result;
    }, outsideUrl);
    expect(kind).toEqual({ reload: false, own: 0, shadow: false });
    expect(await preference('webviewTag')).toBe(false);
    expect(await app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(
      before,
    );
  });

  test('12: even a window that allows webviews cannot attach one', async () => {
    const attached = await app.electron.evaluate(async ({ BrowserWindow, webContents }, url) => {
      const other = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
      await other.loadURL(`data:text/html,<webview src="${url}" nodeintegration></webview>`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const kinds = webContents.getAllWebContents().map((contents) => contents.getType());
      other.destroy();
      return kinds.filter((kind) => kind === 'webview').length;
    }, outsideUrl);
    expect(attached).toBe(0);
    expect(asked).toEqual([]);
  });

  test('13: the page cannot navigate, by any of its means', async () => {
    const before = page.url();
    for (const target of [
      outsideUrl,
      'file:///etc/hostname',
      'tocsin://app/nothing.html',
      'tocsin://other/',
      'data:text/html,x',
    ]) {
      await page.evaluate((url) => {
        const link = document.createElement('a');
        link.href = url;
        document.body.append(link);
        link.click();
        link.remove();
        globalThis.location.assign(url);
      }, target);
      await page.evaluate((url) => {
        const form = document.createElement('form');
        form.action = url;
        document.body.append(form);
        form.submit();
        form.remove();
      }, target);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(page.url(), target).toBe(before);
    }
    expect(asked).toEqual([]);
  });

  test('14: the page cannot open windows', async () => {
    const before = await windowCount();
    const opened = await page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
      return [globalThis.open(url), globalThis.open('about:blank'), globalThis.open('tocsin://app/')].map(
        String,
      );
    }, outsideUrl);
    expect(opened).toEqual(['null', 'null', 'null']);
    expect(await windowCount()).toBe(before);
    expect(asked).toEqual([]);
  });

  test('15: only plain https links reach the browser', async () => {
    await app.electron.evaluate(({ shell }) => {
      const opened: string[] = [];
      (globalThis as { openedLinks?: string[] }).openedLinks = opened;
      shell.openExternal = (url) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    const bad = [
      'http://a.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://a.example@b.example/',
      'https://',
      'smb://x/y',
    ];
    for (const url of bad) await expect(app.call('openLink', { url }), url).rejects.toThrow(/^openLink: /);
    await app.call('openLink', { url: 'https://status.example/a?b=c' });
    const opened = await app.electron.evaluate(() => (globalThis as { openedLinks?: string[] }).openedLinks);
    expect(opened).toEqual(['https://status.example/a?b=c']);
  });

  test('16: Electron is pinned to one exact, current version', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const installed = JSON.parse(
      readFileSync(path.join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
    ) as {
      version: string;
    };
    expect(manifest.devDependencies['electron']).toBe(installed.version);
    expect(Number.parseInt(installed.version, 10)).toBeGreaterThanOrEqual(45);
  });

  test('17: calls from any other page are refused, even with our preload script and our address', async () => {
    const ours = await page.evaluate(async () => {
      const { tocsin } = window as unknown as {
        tocsin: { health(argument: object): Promise<{ ok: boolean }> };
      };
      return (await tocsin.health({})).ok;
    });
    expect(ours).toBe(true);
    for (const url of ['data:text/html,<p>stranger</p>', 'tocsin://app/index.html']) {
      const refused = await app.electron.evaluate(
        async ({ BrowserWindow }, { address, preload }) => {
          const other = new BrowserWindow({
            show: false,
            webPreferences: { preload, sandbox: true, contextIsolation: true },
          });
          await other.loadURL(address);
          const reply = (await other.webContents.executeJavaScript('window.tocsin.health({})')) as unknown;
          other.destroy();
          return reply;
        },
        {
          address: url,
          preload: path.join(process.env['TOCSIN_TEST_APP'] ?? '', 'dist', 'main', 'preload.cjs'),
        },
      );
      expect(refused, url).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    }
    const framed = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const found = frame.contentWindow !== null && 'tocsin' in frame.contentWindow;
      frame.remove();
      return found;
    });
    expect(framed).toBe(false);
  });

  test('17: arguments are checked: unknown names, wrong shapes, and far too much of it', async () => {
    const codes = await page.evaluate(async () => {
      const { tocsin } = window as unknown as {
        tocsin: Record<string, (argument: unknown) => Promise<{ ok: boolean; error?: { code: string } }>>;
      };
      const code = async (name: string, argument: unknown): Promise<string> => {
        const reply = await tocsin[name]?.(argument);
        return reply?.error?.code ?? String(reply?.ok);
      };
      return [
        await code('getAlert', { id: 'A1; DROP TABLE alerts' }),
        await code('getAlert', { id: 'A1', extra: true }),
        await code('health', new Map([['a', 1]])),
        await code('health', 1),
        await code('addNote', { id: 'A1', text: 'x'.repeat(5000) }),
        await code('addNote', { id: 'A1', text: 'x'.repeat(300_000) }),
        await code('copyText', { text: 1n }),
      ];
    });
    expect(codes).toEqual([
      'bad-argument',
      'bad-argument',
      'true',
      'bad-argument',
      'bad-argument',
      'argument-too-large',
      'bad-argument',
    ]);
  });

  test('18: the page comes from our own scheme, which serves its own files only, and file: is closed', async () => {
    expect(new URL(page.url()).protocol).toBe('tocsin:');
    expect(await page.evaluate(() => globalThis.origin)).toBe('tocsin://app');
    for (const url of [
      'tocsin://app/../package.json',
      'tocsin://app/%2e%2e/%2e%2e/package.json',
      'tocsin://app/..%2fmain%2findex.js',
      'tocsin://other/index.html',
    ]) {
      expect(await fetchInSession(url), url).not.toMatch(/^200/);
    }
    expect(await fetchInSession('file:///etc/hostname')).not.toMatch(/^200/);
  });

  const packaged = packagedExecutable();
  test.skipIf(packaged === null)(
    '19: the fuses of the packaged app are set (skipped: nothing is packaged)',
    async () => {
      const wire = await getCurrentFuseWire(packaged ?? '');
      const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
      expect({
        runAsNode: isOn(FuseV1Options.RunAsNode),
        nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
        inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
        cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
        onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
        fileProtocolPrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      }).toEqual({
        runAsNode: false,
        nodeOptions: false,
        inspect: false,
        cookieEncryption: true,
        onlyAsar: true,
        fileProtocolPrivileges: false,
      });
    },
  );

  test('20: the page gets named calls and pushes, and nothing of Electron', async () => {
    const exposed = await page.evaluate(() => Object.keys((window as unknown as { tocsin: object }).tocsin));
    expect(exposed.toSorted()).toEqual([...bridgeCallNames, 'onPush'].toSorted());
    const globals = await page.evaluate(() =>
      Object.keys(globalThis).filter((name) => /ipc|electron|webFrame/i.test(name)),
    );
    expect(globals).toEqual([]);

    const heard = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const { tocsin } = window as unknown as {
            tocsin: {
              onPush(listener: (...given: unknown[]) => void): () => void;
              updateSettings(argument: object): Promise<unknown>;
            };
          };
          const remove = tocsin.onPush((...given) => {
            remove();
            resolve(
              given.map((one) =>
                Object.keys(one as object)
                  .toSorted()
                  .join(),
              ),
            );
          });
          void tocsin.updateSettings({ changes: { theme: 'dark' } });
        }),
    );
    // One plain message: an event object would carry `sender`, and with it a way to send on any channel.
    expect(heard).toEqual(['settings,type']);
  });
});

/** The binary that `npm run package` made, if it has. */
function packagedExecutable(): string | null {
  const release = path.join(root, 'release');
  if (!existsSync(release)) return null;
  const unpacked = readdirSync(release).find((name) => name.endsWith('-unpacked'));
  if (unpacked === undefined) return null;
  const found = ['tocsin', 'Tocsin', 'tocsin.exe', 'Tocsin.exe']
    .map((name) => path.join(release, unpacked, name))
    .find((file) => existsSync(file));
  return found ?? null;
}
