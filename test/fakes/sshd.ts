// A real OpenSSH server on the loopback address with keys of its own, for real tunnels.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import type { TunnelPlan } from '../../shared/tunnel.ts';
import { familyOf } from '../bench/process-family.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

type SshPlan = Extract<TunnelPlan, { kind: 'ssh' }>;

export class Sshd {
  readonly port: number;
  /** The private key that may log in; has the user of this process. */
  readonly identityFile: string;
  readonly user = userInfo().username;
  readonly #folder: string;
  #server: ChildProcess | null = null;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
    this.identityFile = path.join(folder, 'user');
  }

  /** `more`: further lines of its configuration. */
  static async start(more: readonly string[] = []): Promise<Sshd> {
    const folder = mkdtempSync(path.join(tmpdir(), 'toc-sshd-'));
    const sshd = new Sshd(await freePort(), folder);
    sshd.newKey('host');
    sshd.newKey('user');
    copyFileSync(`${sshd.identityFile}.pub`, path.join(folder, 'authorized'));
    const lines = [
      `Port ${sshd.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path.join(folder, 'host')}`,
      `AuthorizedKeysFile ${path.join(folder, 'authorized')}`,
      'UsePAM no',
      'StrictModes no',
      'PidFile none',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'GatewayPorts clientspecified',
      ...more,
    ];
    writeFileSync(path.join(folder, 'config'), `${lines.join('\n')}\n`);
    // Where Debian's sshd gives up its rights; only root's needs it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    await sshd.comeBack();
    return sshd;
  }

  /** Type and key, as they are pinned. */
  get hostKey(): string {
    return this.#publicKey('host');
  }

  /** A plan that leads here; `remotePort` is a port of this computer. */
  plan(remotePort: number, changes: Partial<SshPlan> = {}): SshPlan {
    return {
      kind: 'ssh',
      service: 'own-host',
      user: this.user,
      host: '127.0.0.1',
      port: this.port,
      identityFile: this.identityFile,
      hostKey: this.hostKey,
      remotePort,
      publicUrl: null,
      ...changes,
    };
  }

  /** A new pair of keys in its folder; `host` is used from the next start on. */
  newKey(name: string): { readonly file: string; readonly publicKey: string } {
    const file = path.join(this.#folder, name);
    rmSync(file, { force: true });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
    return { file, publicKey: this.#publicKey(name) };
  }

  /** Starts it again, on the same port. */
  async comeBack(): Promise<void> {
    const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', path.join(this.#folder, 'config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    this.#server = server;
    await until(async () => {
      if (server.exitCode !== null) throw new Error(`sshd ended: ${said}`);
      return answers(this.port);
    }, 5000);
  }

  /** Ends it with every connection, at once. */
  kill(): void {
    this.#signal('SIGKILL');
    this.#server = null;
  }

  /** It and its connections stand still; nobody is told. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  stop(): void {
    this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #publicKey(name: string): string {
    const [type, key] = readFileSync(path.join(this.#folder, `${name}.pub`), 'utf8').split(' ');
    return `${type} ${key}`;
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#server?.pid;
    if (pid === undefined) return;
    for (const one of familyOf(pid)) {
      try {
        process.kill(one, signal);
      } catch {
        // It has just ended.
      }
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
