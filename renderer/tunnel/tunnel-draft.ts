// The way in while a person fills it in. Pure: fields as typed, the plan they make, and what is wrong with them.
import type { FieldProblem, Way } from '../../shared/text/tunnel-setup-text.ts';
import { planPatterns, type SetTunnel, type TunnelPlan, type TunnelView } from '../../shared/tunnel.ts';

export const ways: readonly Way[] = ['none', 'ngrok', 'ssh', 'localhost-run', 'cloudflared', 'own-address'];

/** Fields as typed; those of other ways are kept, so that looking around loses nothing. */
export interface TunnelDraft {
  readonly way: Way;
  readonly secret: string;
  readonly domain: string;
  readonly host: string;
  readonly user: string;
  readonly sshPort: string;
  readonly identityFile: string;
  /** As the host showed it and a person chose it; empty: none yet. */
  readonly hostKey: string;
  readonly remotePort: string;
  readonly mode: 'named' | 'quick';
  readonly publicUrl: string;
}
export type DraftField = Exclude<keyof TunnelDraft, 'way' | 'mode'>;
export type DraftProblems = { readonly [Field in DraftField]?: FieldProblem };

const emptyDraft: TunnelDraft = {
  way: 'none',
  secret: '',
  domain: '',
  host: '',
  user: '',
  sshPort: '22',
  identityFile: '',
  hostKey: '',
  remotePort: '9797',
  mode: 'named',
  publicUrl: '',
};

export function wayOf(plan: TunnelPlan): Way {
  return plan.kind === 'ssh' ? (plan.service === 'own-host' ? 'ssh' : 'localhost-run') : plan.kind;
}

/** The fields of a plan that is kept; its secret never comes back. */
export function draftOf(plan: TunnelPlan): TunnelDraft {
  const draft = { ...emptyDraft, way: wayOf(plan) };
  switch (plan.kind) {
    case 'none':
      return draft;
    case 'ngrok':
      return { ...draft, domain: plan.domain ?? '' };
    case 'ssh':
      return plan.service === 'localhost.run'
        ? draft
        : {
            ...draft,
            host: plan.host ?? '',
            user: plan.user ?? '',
            sshPort: String(plan.port),
            identityFile: plan.identityFile ?? '',
            hostKey: plan.hostKey ?? '',
            remotePort: String(plan.remotePort),
            publicUrl: plan.publicUrl ?? '',
          };
    case 'cloudflared':
      return { ...draft, mode: plan.mode, publicUrl: plan.publicUrl ?? '' };
    case 'own-address':
      return { ...draft, publicUrl: plan.publicUrl };
  }
}

/**
 * A public address as people paste it: without a scheme, with a slash at its end, or with a source's whole path. `http` is
 * kept when it was typed, never added.
 */
export function tidyAddress(typed: string): string {
  const text = typed.trim();
  if (text === '') return '';
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return whole.replace(/\/hooks(\/.*)?$/, '').replace(/\/+$/, '');
}

/** A host name as people paste it: with a scheme before it or a path behind it. */
export function tidyHost(typed: string): string {
  return typed
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\/.*$/, '');
}

/** True where the way cannot do without a secret. */
export function needsSecret(draft: Pick<TunnelDraft, 'way' | 'mode'>): boolean {
  return draft.way === 'ngrok' || (draft.way === 'cloudflared' && draft.mode === 'named');
}

/** True when the secret that is kept belongs to this way, so that an empty field means "as before". */
export function hasSecret(draft: Pick<TunnelDraft, 'way'>, view: TunnelView): boolean {
  return view.secret !== 'none' && wayOf(view.plan) === draft.way;
}

function portOf(typed: string): number | null {
  const port = /^\d{1,5}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

const matches = (pattern: string, text: string): boolean => new RegExp(pattern).test(text);

function isAddress(typed: string): boolean {
  const address = tidyAddress(typed);
  return address.length <= 300 && matches(planPatterns.publicUrl, address) && URL.canParse(address);
}

/** What is wrong with the fields that the chosen way uses; empty when it can be used. */
export function problemsOf(draft: TunnelDraft, view: TunnelView): DraftProblems {
  const secret: DraftProblems =
    needsSecret(draft) && draft.secret.trim() === '' && !hasSecret(draft, view) ? { secret: 'missing' } : {};
  const address = (isNeeded: boolean): DraftProblems => {
    if (draft.publicUrl.trim() === '') return isNeeded ? { publicUrl: 'missing' } : {};
    return isAddress(draft.publicUrl) ? {} : { publicUrl: 'wrong-address' };
  };
  switch (draft.way) {
    case 'none':
    case 'localhost-run':
      return {};
    case 'ngrok': {
      const domain = tidyHost(draft.domain);
      return {
        ...secret,
        ...(domain === '' || matches(planPatterns.host, domain) ? {} : { domain: 'wrong-host' }),
      };
    }
    case 'ssh':
      return { ...hostProblems(draft), ...address(false) };
    case 'cloudflared':
      return draft.mode === 'quick' ? {} : { ...secret, ...address(true) };
    case 'own-address':
      return address(true);
  }
}

/** What must be right before the host can be asked for its key. */
export function askableHost(draft: TunnelDraft): { readonly host: string; readonly port: number } | null {
  const host = tidyHost(draft.host);
  const port = portOf(draft.sshPort);
  return port !== null && matches(planPatterns.host, host) ? { host, port } : null;
}

function hostProblems(draft: TunnelDraft): DraftProblems {
  const host = tidyHost(draft.host);
  const user = draft.user.trim();
  return {
    ...(host === '' ? { host: 'missing' } : matches(planPatterns.host, host) ? {} : { host: 'wrong-host' }),
    ...(user === '' || matches(planPatterns.user, user) ? {} : { user: 'wrong-user' }),
    ...(portOf(draft.sshPort) === null ? { sshPort: 'wrong-port' } : {}),
    ...(portOf(draft.remotePort) === null ? { remotePort: 'wrong-port' } : {}),
    ...(draft.hostKey === '' ? { hostKey: 'no-host-key' } : {}),
  };
}

/** The plan that the fields make; null while something is wrong with them. */
export function planOf(draft: TunnelDraft, view: TunnelView): TunnelPlan | null {
  if (Object.keys(problemsOf(draft, view)).length > 0) return null;
  const publicUrl = tidyAddress(draft.publicUrl);
  switch (draft.way) {
    case 'none':
      return { kind: 'none' };
    case 'ngrok':
      return { kind: 'ngrok', domain: tidyHost(draft.domain) || null };
    case 'ssh':
      return {
        kind: 'ssh',
        service: 'own-host',
        user: draft.user.trim() || null,
        host: tidyHost(draft.host),
        port: portOf(draft.sshPort) ?? 22,
        identityFile: draft.identityFile.trim() || null,
        hostKey: draft.hostKey,
        remotePort: portOf(draft.remotePort) ?? 9797,
        publicUrl: publicUrl || null,
      };
    case 'localhost-run':
      return {
        kind: 'ssh',
        service: 'localhost.run',
        user: null,
        host: null,
        port: 22,
        identityFile: null,
        hostKey: null,
        remotePort: 80,
        publicUrl: null,
      };
    case 'cloudflared':
      return { kind: 'cloudflared', mode: draft.mode, publicUrl: draft.mode === 'named' ? publicUrl : null };
    case 'own-address':
      return { kind: 'own-address', publicUrl };
  }
}

/** What is handed over: a typed secret, or null to forget one that the new way does not use. */
export function setTunnelArgument(draft: TunnelDraft, view: TunnelView): SetTunnel | null {
  const plan = planOf(draft, view);
  if (plan === null) return null;
  if (!needsSecret(draft)) return view.secret === 'none' ? { plan } : { plan, secret: null };
  const secret = draft.secret.trim();
  return secret === '' ? { plan } : { plan, secret };
}

/** True where whoever stands on the way could read along: plain http to a host that is not this computer or its network. */
export function isReadable(address: string): boolean {
  const tidy = tidyAddress(address);
  if (!tidy.startsWith('http://') || !URL.canParse(tidy)) return false;
  const { hostname } = new URL(tidy);
  return !(
    hostname === 'localhost' ||
    hostname.endsWith('.local') ||
    /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))(\.\d+)+$/.test(hostname) ||
    /^\[(::1|f[cd]|fe80)/i.test(hostname)
  );
}
