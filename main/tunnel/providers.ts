// From a plan to what carries it out.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { assertNever } from '../../shared/assert-never.ts';
import { troubleAtOnce } from './at-once.ts';
import { type CloudflaredParts, cloudflaredTunnel } from './cloudflared.ts';
import { endLeftovers } from './leftovers.ts';
import { type NgrokParts, ngrokTunnel } from './ngrok.ts';
import { ownAddress } from './own-address.ts';
import { publicHostsFile, type SshParts, sshTunnel } from './ssh.ts';
import type { TunnelParts } from './tunnel.ts';

/** Other programs, far ends and paces than the usual ones, for tests. */
export interface ProviderOptions {
  readonly ssh?: Omit<SshParts, 'folder'>;
  readonly ngrok?: Omit<NgrokParts, 'authtoken'>;
  readonly cloudflared?: Omit<CloudflaredParts, 'folder' | 'token'>;
}

/** `dataDir`: a folder of ours in it holds what ssh and cloudflared are told. */
export function createProviders(
  dataDir: string,
  options: ProviderOptions = {},
  platform = process.platform,
): Pick<TunnelParts, 'providerFor' | 'forgetHosts'> {
  const folder = path.join(dataDir, 'tunnel');
  let isCleared = platform !== 'darwin';
  return {
    providerFor: (plan, secret) => {
      if (!isCleared) endLeftovers(folder);
      isCleared = true;
      switch (plan.kind) {
        case 'ngrok':
          if (secret === null) return secretMissing;
          return ngrokTunnel(plan, { ...options.ngrok, authtoken: secret });
        case 'ssh':
          return sshTunnel(plan, { ...options.ssh, folder });
        case 'cloudflared':
          if (plan.mode === 'quick')
            return cloudflaredTunnel(plan, { ...options.cloudflared, folder, token: null });
          if (secret === null) return secretMissing;
          if (plan.publicUrl === null) return addressMissing;
          return cloudflaredTunnel(plan, { ...options.cloudflared, folder, token: secret });
        case 'own-address':
          return ownAddress(plan.publicUrl);
        default:
          return assertNever(plan);
      }
    },
    forgetHosts: () => rmSync(publicHostsFile(folder), { force: true }),
  };
}

const secretMissing = troubleAtOnce({ code: 'secret-missing', detail: null, retry: false });
/** Only the dashboard knows the address of a named tunnel. */
const addressMissing = troubleAtOnce({ code: 'no-address', detail: null, retry: false });
