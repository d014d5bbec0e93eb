// Which programs for tunnels this computer has, and what a host shows as its keys. Asked of the programs themselves.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { HostKeys, TunnelView } from '../../shared/tunnel.ts';
import { findProgram } from './find-program.ts';
import { plainLine } from './plain-line.ts';

export type Programs = TunnelView['programs'];

/** Long enough not to ask at every look at the screen, short enough to see what was just installed. */
const keptMs = 60_000;
const longestAnswerMs = 5000;
const mostOutput = 65_536;

/** Answers with what was found in the last minute; `elapsed` in ms, from any beginning. Rejects nothing. */
export function createProgramLookup(
  elapsed: () => number,
  names: Readonly<Record<keyof Programs, string>> = { ssh: 'ssh', cloudflared: 'cloudflared' },
): () => Promise<Programs> {
  let found: { readonly at: number; readonly programs: Promise<Programs> } | null = null;
  return () => {
    if (found === null || elapsed() - found.at >= keptMs) found = { at: elapsed(), programs: look(names) };
    return found.programs;
  };
}

async function look(names: Readonly<Record<keyof Programs, string>>): Promise<Programs> {
  const [ssh, cloudflared] = await Promise.all([
    versionOf(names.ssh, ['-V'], /OpenSSH[^\s,]*/),
    versionOf(names.cloudflared, ['--version'], /\d+\.\d+\.\d+/),
  ]);
  return { ssh, cloudflared };
}

/** Null: not installed, or it does not run. */
async function versionOf(name: string, args: readonly string[], pattern: RegExp): Promise<string | null> {
  const said = await ask(name, args);
  if (said === null) return null;
  const text = `${said.stdout}\n${said.stderr}`;
  return pattern.exec(text)?.[0] ?? (plainLine(text).slice(0, 80) || null);
}

/** The keys that a host shows, best kind first; empty when nothing answers there. Null: there is no ssh-keyscan. */
export async function askHostKeys(
  { host, port }: { readonly host: string; readonly port: number },
  program = 'ssh-keyscan',
): Promise<HostKeys | null> {
  const said = await ask(program, ['-T', '4', '-p', String(port), '-t', keyKinds.join(','), '--', host]);
  return said === null ? null : keysIn(said.stdout);
}
const keyKinds = ['ed25519', 'ecdsa', 'rsa'] as const;

/** What ssh-keyscan printed; whatever is no key is left out. */
function keysIn(text: string): HostKeys {
  const found = new Map<string, HostKeys[number]>();
  for (const line of text.split('\n')) {
    const [host = '', type = '', key = '', ...more] = line.trim().split(' ');
    if (host.startsWith('#') || more.length > 0 || !/^(ssh|ecdsa)-[a-z0-9@.-]+$/.test(type)) continue;
    const blob = Buffer.from(key, 'base64');
    // The key begins with its own type (RFC 4253, 6.6).
    if (blob.toString('base64') !== key || blob.toString('latin1', 4, 4 + type.length) !== type) continue;
    const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
    found.set(fingerprint, { hostKey: `${type} ${key}`, fingerprint });
  }
  const rank = ({ hostKey }: HostKeys[number]): number =>
    keyKinds.findIndex((kind) => hostKey.split(' ')[0]?.includes(kind));
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** What a program printed, whatever its exit code; null when it is missing or does not start. */
function ask(
  name: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string } | null> {
  const program = findProgram(name);
  if (program === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const options = {
      timeout: longestAnswerMs,
      killSignal: 'SIGKILL',
      maxBuffer: mostOutput,
      windowsHide: true,
    } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      // A code that is a word is the system's: it could not be started.
      resolve(error !== null && typeof error.code === 'string' ? null : { stdout, stderr });
    }).once('error', () => resolve(null));
  });
}
