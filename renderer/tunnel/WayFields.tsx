import { type HTMLAttributes, type ReactNode, useId } from 'react';
import type { TunnelView } from '../../shared/tunnel.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import { HostKeyField } from './HostKeyField.tsx';
import {
  type DraftField,
  type DraftProblems,
  hasSecret,
  isReadable,
  type TunnelDraft,
} from './tunnel-draft.ts';

interface WayFieldsProps {
  readonly draft: TunnelDraft;
  readonly problems: DraftProblems;
  readonly view: TunnelView;
  /** On which Tocsin listens. */
  readonly port: number;
  readonly onEdit: (some: Partial<TunnelDraft>) => void;
  readonly onLookAgain: () => void;
}

/** What the chosen way needs to know, and nothing else. */
export function WayFields(props: WayFieldsProps) {
  const t = useTexts().tunnelSetup;
  const { draft, port, onEdit } = props;
  switch (draft.way) {
    case 'none':
      return null;
    case 'ngrok':
      return (
        <div className="way-fields">
          <SecretField
            {...props}
            label={t.authtoken}
            help={t.authtokenHelp}
            link={{ words: t.getAuthtoken, url: 'https://dashboard.ngrok.com/get-started/your-authtoken' }}
          />
          <TextField {...props} field="domain" label={t.domain} help={t.domainHelp} />
        </div>
      );
    case 'ssh':
      return (
        <div className="way-fields">
          <Program {...props} program="ssh" />
          <TextField {...props} field="host" label={t.host} help={t.hostHelp} />
          <TextField {...props} field="sshPort" label={t.sshPort} inputMode="numeric" />
          <HostKeyField {...props} />
          <TextField {...props} field="user" label={t.user} help={t.userHelp} />
          <TextField {...props} field="identityFile" label={t.identityFile} help={t.identityFileHelp} />
          <TextField
            {...props}
            field="remotePort"
            label={t.remotePort}
            help={t.remotePortHelp}
            inputMode="numeric"
          />
          <TextField
            {...props}
            field="publicUrl"
            label={t.sshAddress}
            help={t.sshAddressHelp}
            inputMode="url"
          />
          <Readable address={draft.publicUrl} />
        </div>
      );
    case 'localhost-run':
      return (
        <div className="way-fields">
          <Program {...props} program="ssh" />
          <p className="way-note">{t.changesAtEveryStart}</p>
        </div>
      );
    case 'cloudflared':
      return (
        <div className="way-fields">
          <Program {...props} program="cloudflared" />
          <CloudflareMode draft={draft} onEdit={onEdit} />
          {draft.mode === 'quick' ? (
            <p className="way-note">{t.changesAtEveryStart}</p>
          ) : (
            <>
              <SecretField {...props} label={t.tunnelToken} help={t.tunnelTokenHelp} />
              <TextField
                {...props}
                field="publicUrl"
                label={t.cloudflareAddress}
                help={t.cloudflareAddressHelp(port)}
                inputMode="url"
              />
            </>
          )}
        </div>
      );
    case 'own-address':
      return (
        <div className="way-fields">
          <TextField
            {...props}
            field="publicUrl"
            label={t.ownAddress}
            help={t.ownAddressHelp(port)}
            inputMode="url"
          />
          <Readable address={draft.publicUrl} />
        </div>
      );
  }
}

/** Said while it is typed: whether to go on is the person's decision. */
function Readable({ address }: { readonly address: string }) {
  const t = useTexts().tunnelSetup;
  return (
    <p className="way-note" role="status">
      {isReadable(address) ? t.notEncrypted : ''}
    </p>
  );
}

function CloudflareMode({ draft, onEdit }: Pick<WayFieldsProps, 'draft' | 'onEdit'>) {
  const t = useTexts().tunnelSetup;
  return (
    <div className="rule">
      <span className="rule-name" id="cloudflare-mode">
        {t.cloudflareMode}
      </span>
      <div className="segments" role="radiogroup" aria-labelledby="cloudflare-mode">
        {(['named', 'quick'] as const).map((mode) => (
          <label key={mode} className="segment">
            <input
              type="radio"
              name="cloudflare-mode"
              checked={mode === draft.mode}
              onChange={() => onEdit({ mode })}
            />
            <span>{t.cloudflareModes[mode]}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

const downloads = {
  ssh: null,
  cloudflared: 'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/',
} as const;

/** Whether the program is there; if not, how to get it. */
function Program({
  program,
  view,
  onLookAgain,
}: Pick<WayFieldsProps, 'view' | 'onLookAgain'> & { readonly program: 'ssh' | 'cloudflared' }) {
  const t = useTexts().tunnelSetup;
  const version = view.programs[program];
  const download = downloads[program];
  if (version !== null) return <p className="quiet way-program">{t.found(program, version)}</p>;
  return (
    <div className="way-note" role="status">
      <p>
        <strong>{t.missing[program]}</strong> {t.install[program]}
      </p>
      <div className="action-row">
        {download !== null && (
          <button type="button" className="button" onClick={() => void ask('openLink', { url: download })}>
            {t.openDownload}
          </button>
        )}
        <button type="button" className="button" onClick={onLookAgain}>
          {t.lookAgain}
        </button>
      </div>
    </div>
  );
}

interface TextFieldProps extends Pick<WayFieldsProps, 'draft' | 'problems' | 'onEdit'> {
  readonly field: DraftField;
  readonly label: string;
  readonly help?: string;
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
}

function TextField({ draft, problems, onEdit, field, label, help, inputMode }: TextFieldProps) {
  const id = useId();
  const t = useTexts().tunnelSetup;
  const problem = problems[field];
  return (
    <div className="rule">
      <label htmlFor={id}>{label}</label>
      <div>
        <input
          id={id}
          className="field"
          value={draft[field]}
          maxLength={1000}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          inputMode={inputMode}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem ${id}-help`}
          onChange={(event) => onEdit({ [field]: event.target.value })}
        />
        <Problem id={`${id}-problem`}>{problem === undefined ? '' : t.problem[problem]}</Problem>
        {help !== undefined && (
          <p className="quiet" id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
    </div>
  );
}

function Problem({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <p className="field-problem" id={id}>
      {children}
    </p>
  );
}

interface SecretFieldProps extends WayFieldsProps {
  readonly label: string;
  readonly help: string;
  readonly link?: { readonly words: string; readonly url: string };
}

/** Masked, with a plain word on where it is kept. */
function SecretField({ draft, problems, view, onEdit, label, help, link }: SecretFieldProps) {
  const id = useId();
  const t = useTexts().tunnelSetup;
  const isKept = hasSecret(draft, view);
  const problem = problems.secret;
  return (
    <div className="rule">
      <label htmlFor={id}>{label}</label>
      <div>
        <div className="field-line">
          <input
            id={id}
            type="password"
            className="field"
            value={draft.secret}
            maxLength={4000}
            spellCheck={false}
            autoComplete="off"
            placeholder={isKept ? '••••••••' : ''}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-problem ${id}-help`}
            onChange={(event) => onEdit({ secret: event.target.value })}
          />
          {link !== undefined && (
            <button type="button" className="button" onClick={() => void ask('openLink', { url: link.url })}>
              {link.words}
            </button>
          )}
        </div>
        <Problem id={`${id}-problem`}>{problem === undefined ? '' : t.problem[problem]}</Problem>
        <div className="quiet" id={`${id}-help`}>
          <p>{isKept ? t.secretKept[view.secret] : help}</p>
          <p>{isKept ? t.secretKeep : t.secretWhere}</p>
        </div>
      </div>
    </div>
  );
}
