import { app } from 'electron';

/**
 * On X11 the first GTK program of a session loads all of OpenGL into itself to ask for visuals: 34 MiB with Mesa (PSS, issue 4),
 * for good. GTK draws nothing of ours but dialogs. It reads this once, when Electron starts it; what is opened from here later, such
 * as a browser, must not inherit it. Call before Electron is ready.
 */
export function keepGtkFromOpenGl(): void {
  if (process.platform !== 'linux' || process.env['GDK_GL'] !== undefined) return;
  process.env['GDK_GL'] = 'disable';
  void app.whenReady().then(() => {
    delete process.env['GDK_GL'];
  });
}
