// npm run package: the installable app, in release/. `npm run package -- --dir` stops at the unpacked folder.
// A machine with the pinned Electron makes what its system installs; one with the stand-in makes an unpacked test build only.
import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type AfterPackContext, build, type Configuration, Platform } from 'electron-builder';
import { builtFingerprint, stageApp } from './bootstrap/build-output.mjs';
import { installedRuntime } from './bootstrap/electron-runtime.mjs';
import { runMain, Stop, say } from './bootstrap/say.mjs';

const root = path.join(import.meta.dirname, '..');
const releaseDir = path.join(root, 'release');
const stagedDir = path.join(root, 'dist', 'to-package');
const runtime = installedRuntime();
const isTestBuild = runtime.kind === 'stand-in';
const platform = Platform.current();

/** The native module as this Electron needs it, without the sources and the builds for other systems. */
function stageNativeModules(): void {
  if (runtime.modules !== null) {
    stageApp(stagedDir, runtime.modules);
    return;
  }
  const modules = path.join(root, 'dist', 'native-modules');
  const from = path.join(root, 'node_modules', 'better-sqlite3');
  const prebuild = `${process.platform}-${process.arch}`;
  rmSync(modules, { recursive: true, force: true });
  cpSync(from, path.join(modules, 'better-sqlite3'), {
    recursive: true,
    filter: (file) => {
      const [top = '', second] = path.relative(from, file).split(path.sep);
      if (['deps', 'src', 'node_modules'].includes(top)) return false;
      return top !== 'prebuilds' || second === undefined || second.includes(prebuild);
    },
  });
  stageApp(stagedDir, modules);
}

/** What a custom Electron folder brings along and an app must not: loaders that would take precedence over it. */
function removeLoaders({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const resources = packager.getResourcesDir(appOutDir);
  for (const name of ['app', 'default_app.asar'])
    rmSync(path.join(resources, name), { recursive: true, force: true });
  rmSync(path.join(appOutDir, 'version'), { force: true });
  if (isTestBuild) {
    const note = `Made with a stand-in Electron ${runtime.version}, for tests only. Do not give it to anybody.\n`;
    writeFileSync(path.join(appOutDir, 'TEST-BUILD.txt'), note);
  }
  return Promise.resolve();
}

const configuration: Configuration = {
  appId: 'app.tocsin.Tocsin',
  productName: 'Tocsin',
  copyright: 'Copyright © 2026 The Tocsin developers',
  directories: { app: stagedDir, output: releaseDir, buildResources: path.join(root, 'build', 'icons') },
  electronVersion: runtime.version,
  electronDist: runtime.dist,
  npmRebuild: false,
  publish: null,
  asar: true,
  asarUnpack: ['**/*.node'],
  // Spelled out, because what is here was staged: nothing is to be looked up or pruned.
  files: ['package.json', 'dist/**', '!**/*.map', { from: 'node_modules', to: 'node_modules' }],
  afterPack: removeLoaders,
  electronLanguages: process.platform === 'darwin' ? ['en', 'zh_CN'] : ['en-US', 'zh-CN'],
  // Electron's security checklist, point 19.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Electron checks it on macOS and Windows only.
    enableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['deb', 'AppImage'],
    executableName: 'tocsin',
    syncDesktopName: true,
    icon: path.join(root, 'build', 'icons'),
    category: 'Network;Monitor',
    synopsis: 'Alerts from your monitoring, on your desktop',
    maintainer: 'The Tocsin developers <developers@tocsin.invalid>',
  },
  mac: {
    target: ['dmg', 'zip'],
    icon: path.join(root, 'build', 'icons', '1024x1024.png'),
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    // It lives in the menu bar, and its notifications stay until they are answered.
    extendInfo: { LSUIElement: true, NSUserNotificationAlertStyle: 'alert' },
  },
  win: { target: ['nsis'], icon: path.join(root, 'build', 'icons', '1024x1024.png') },
  nsis: { oneClick: true, perMachine: false },
  ...(isTestBuild
    ? {
        buildVersion: '0-test-build',
        artifactName: '${productName}-${version}-TEST-BUILD-${os}-${arch}.${ext}',
      }
    : {}),
};

await runMain(async () => {
  rmSync(releaseDir, { recursive: true, force: true });
  stageNativeModules();
  const unpackedOnly = isTestBuild || process.argv.includes('--dir');
  if (isTestBuild) say('the stand-in Electron makes a test build: the unpacked app only, marked TEST-BUILD.');
  try {
    const artifacts = await build({
      targets: unpackedOnly ? platform.createTarget('dir') : platform.createTarget(),
      projectDir: root,
      config: configuration,
      publish: 'never',
    });
    for (const artifact of artifacts) say(`made ${path.relative(root, artifact)}`);
  } catch (error) {
    throw new Stop(
      `The app could not be packaged: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const unpacked = path.join(releaseDir, `${platform.buildConfigurationKey}-unpacked`);
  if (existsSync(unpacked)) {
    const name = isTestBuild ? path.join(releaseDir, `test-build-${path.basename(unpacked)}`) : unpacked;
    if (name !== unpacked) renameSync(unpacked, name);
    say(`made ${path.relative(root, name)}`);
  }
  writeFileSync(path.join(releaseDir, 'packaged.json'), `${JSON.stringify({ built: builtFingerprint() })}\n`);
  return 0;
});
