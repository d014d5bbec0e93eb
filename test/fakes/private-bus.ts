// A D-Bus session bus of our own: the real daemon (Debian package `dbus`), private to one test.
import { spawn } from 'node:child_process';

export interface PrivateBus {
  /** For `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  stop(): Promise<void>;
}

/** `listen`: an address to use instead of a fresh one. Rejects with a sentence when `dbus-daemon` is not installed or does not start in 5 s. */
export function startPrivateBus(listen?: string): Promise<PrivateBus> {
  return new Promise((resolve, reject) => {
    const args = ['--session', '--nofork', '--nopidfile', '--print-address=1'];
    if (listen !== undefined) args.push(`--address=${listen}`);
    const daemon = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    // A test that fails halfway must not leave its daemon behind.
    const end = (): void => void daemon.kill('SIGKILL');
    process.once('exit', end);
    const exited = new Promise<void>((done) => {
      daemon.once('exit', () => {
        process.off('exit', end);
        done();
      });
    });
    const limit = setTimeout(() => {
      daemon.kill('SIGKILL');
      reject(new Error('dbus-daemon did not print its address within 5 s.'));
    }, 5000);
    daemon.once('error', (error) => {
      clearTimeout(limit);
      reject(new Error(`dbus-daemon did not start: ${error.message}`));
    });
    daemon.stdout.setEncoding('utf8');
    let printed = '';
    daemon.stdout.on('data', (text: string) => {
      printed += text;
      if (!printed.includes('\n')) return;
      clearTimeout(limit);
      resolve({
        address: printed.trim(),
        stop: () => {
          daemon.kill('SIGTERM');
          return exited;
        },
      });
    });
  });
}
