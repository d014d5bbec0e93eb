// ssh -R by the system's OpenSSH: to a host of the user, whose key is pinned, or to localhost.run, which prints its address.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ChildProgram } from './child-program.ts';
import { troubleAtOnce } from './at-once.ts';
import type { TunnelEvents, TunnelProvider } from './provider.ts';
import {
  announcedUrl,
  isDebug,
  knownHost,
  ownHostArguments,
  ownHostUrl,
  publicServiceArguments,
  saysListening,
  type SshPlan,
  sshTrouble,
} from './ssh-command.ts';

export interface SshParts {
  /** Ours; the files with the keys of hosts are in it. */
  readonly folder: string;
  /** How often the far end must answer. */
  readonly aliveSeconds?: number;
  readonly program?: string;
  /** Where the public service is, for tests. */
  readonly publicService?: { readonly user: string; readonly host: string; readonly port: number };
}

/** Twenty seconds until a silent far end is noticed. */
const usualAliveSeconds = 10;
const localhostRun = { user: 'nokey', host: 'localhost.run', port: 22 } as const;
/** As many lines as are needed to say why it ended. */
const linesKept = 60;

/** Where the keys of the public service are kept, as they were seen first. */
export function publicHostsFile(folder: string): string {
  return path.join(folder, 'public-hosts');
}

export function sshTunnel(plan: SshPlan, parts: SshParts): TunnelProvider {
  const aliveSeconds = parts.aliveSeconds ?? usualAliveSeconds;
  const program = parts.program ?? 'ssh';
  if (plan.service === 'localhost.run') {
    const service = parts.publicService ?? localhostRun;
    return {
      start: (port, events) => {
        const knownHosts = publicHostsFile(parts.folder);
        mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
        const args = publicServiceArguments(service, { port, knownHosts, aliveSeconds });
        return runSsh(program, args, events, (line, from) => (from === 'stdout' ? announcedUrl(line) : null));
      },
    };
  }
  const { host, hostKey } = plan;
  if (host === null) return troubleAtOnce({ code: 'host-unreachable', detail: null, retry: false });
  if (hostKey === null) return troubleAtOnce({ code: 'host-key-missing', detail: null, retry: false });
  return {
    start: (port, events) => {
      const knownHosts = path.join(parts.folder, 'own-host');
      mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
      writeFileSync(knownHosts, knownHost(hostKey), { mode: 0o600 });
      const args = ownHostArguments({ ...plan, host }, { port, knownHosts, aliveSeconds });
      const url = ownHostUrl({ ...plan, host });
      return runSsh(program, args, events, (line, from) =>
        from === 'stderr' && saysListening(line) ? url : null,
      );
    },
  };
}

function runSsh(
  program: string,
  args: readonly string[],
  events: TunnelEvents,
  urlIn: (line: string, from: 'stdout' | 'stderr') => string | null,
) {
  const lines: string[] = [];
  let isUp = false;
  let isStopped = false;
  const child = new ChildProgram({
    program,
    args,
    // No window may ask for a password.
    env: { ...process.env, SSH_ASKPASS_REQUIRE: 'never', LC_ALL: 'C' },
    onLine: (line, from) => {
      if (isStopped) return;
      const url = urlIn(line, from);
      if (url !== null) {
        isUp = true;
        lines.length = 0;
        events.onUp(url);
      } else if (from === 'stderr' && !isDebug(line)) {
        lines.push(line);
        if (lines.length > linesKept) lines.shift();
      }
    },
    onEnd: (end) => {
      if (isStopped) return;
      events.onDown(
        end === 'missing' ? { code: 'program-missing', detail: null, retry: false } : sshTrouble(lines, isUp),
      );
    },
  });
  return {
    stop: () => {
      isStopped = true;
      return child.stop();
    },
  };
}
