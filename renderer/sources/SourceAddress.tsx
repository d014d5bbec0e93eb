import { useState } from 'react';
import type { SourceWithAddress } from '../../shared/source.ts';
import { curlLine } from '../../shared/try-it.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { useTexts } from '../controls/texts.ts';
import { covered } from './covered.ts';

interface SourceAddressProps {
  readonly address: SourceWithAddress;
  readonly isListening: boolean;
}

/**
 * The address to paste at the sender, secret covered until asked for: the public one when there is one, and then the local
 * one is folded away with the commands to try it.
 */
export function SourceAddress({ address, isListening }: SourceAddressProps) {
  const t = useTexts().window;
  const [isShown, setShown] = useState(false);
  const line = { address, isShown, onShown: setShown };
  return (
    <div className="address">
      {address.publicUrl === null ? (
        <AddressLine {...line} name={t.addressLocal} url={address.localUrl} />
      ) : (
        <AddressLine {...line} name={t.addressPublic} url={address.publicUrl} />
      )}
      <p className="quiet">{t.addressSecret}</p>
      {address.publicUrl === null ? (
        <TryIt address={address} isListening={isListening} isShown={isShown} />
      ) : (
        <details className="fold">
          <summary>{t.addressOnly}</summary>
          <div className="address">
            <AddressLine {...line} name={t.addressLocal} url={address.localUrl} />
            <TryIt address={address} isListening={isListening} isShown={isShown} />
          </div>
        </details>
      )}
    </div>
  );
}

interface AddressLineProps {
  readonly address: SourceWithAddress;
  readonly name: string;
  readonly url: string;
  readonly isShown: boolean;
  readonly onShown: (isShown: boolean) => void;
}

function AddressLine({ address, name, url, isShown, onShown }: AddressLineProps) {
  const t = useTexts().window;
  return (
    <div>
      <h3>{name}</h3>
      <div className="address-line">
        <p className="code-line">{isShown ? url : covered(url, address.secret)}</p>
        <CopyButton label={t.copyAddress} text={url} />
        <button type="button" className="button" aria-pressed={isShown} onClick={() => onShown(!isShown)}>
          {isShown ? t.hideAddress : t.showAddress}
        </button>
      </div>
    </div>
  );
}

/** While another program may have the port there is no command: it would send the secret there. */
function TryIt({ address, isListening, isShown }: SourceAddressProps & { readonly isShown: boolean }) {
  const texts = useTexts();
  const t = texts.window;
  const shown = (text: string): string => (isShown ? text : covered(text, address.secret));
  const commands = [
    { name: t.tryFire, line: curlLine(address.kind, 'firing', address.localUrl) },
    { name: t.tryRecover, line: curlLine(address.kind, 'recovered', address.localUrl) },
  ];
  return (
    <div className="try-it">
      <h3>{t.tryIt}</h3>
      {!isListening && (
        <p className="quiet" id={`not-listening-${address.id}`}>
          {texts.refusal.test['not-listening']}
        </p>
      )}
      {(isListening ? commands : []).map(({ name, line }) => (
        <div className="address-line" key={name}>
          <span className="command-name">{name}</span>
          <p className="code-line one-line" title={shown(line)}>
            {shown(line)}
          </p>
          <CopyButton label={t.copyCommand} text={line} />
        </div>
      ))}
    </div>
  );
}
