// Everything a web page could try, refused in one place for every page and session there will ever be
// (security checklist 5, 8, 11 to 14; the numbers are Electron's).
import { app, type Session, session } from 'electron';

const outside = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'];

/** Call once, before Electron is ready. */
export function lockDownWeb(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  app.on('session-created', lockDownSession);
  void app.whenReady().then(() => lockDownSession(session.defaultSession));
}

function lockDownSession(one: Session): void {
  one.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  one.setPermissionCheckHandler(() => false);
  one.setDevicePermissionHandler(() => false);
  one.on('will-download', (event) => event.preventDefault());
  // Off the machine goes nothing: no dictionary download, no request a page might start.
  one.setSpellCheckerEnabled(false);
  // The main process reads its own files itself; nothing else may have any.
  if (!one.protocol.isProtocolHandled('file'))
    one.protocol.handle('file', () => new Response(null, { status: 403 }));
  one.webRequest.onBeforeRequest({ urls: outside }, (_details, answer) => answer({ cancel: true }));
}
