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
 * The webhook address and the command to try it, secret covered until asked for. While another program may have the port
 * there is no command: it would send the secret there.
 */
export function SourceAddress({ address, isListening }: SourceAddressProps) {
  const texts = useTexts();
  const t = texts.window;
  const [isShown, setShown] = useState(false);
  const shown = (text: string): string => (isShown ? text : covered(text, address.secret));
  const fire = curlLine(address.kind, 'firing', address.localUrl);
  const recover = curlLine(address.kind, 'recovered', address.localUrl);
  const commands = [
    { name: t.tryFire, line: fire },
    { name: t.tryRecover, line: recover },
  ];
  const urls = [
    ...(address.publicUrl === null ? [] : [{ name: t.addressPublic, url: address.publicUrl }]),
    { name: t.addressLocal, url: address.localUrl },
  ];
  return (
    <div className="address">
      {urls.map(({ name, url }) => (
        <div key={name}>
          <h3>{name}</h3>
          <div className="address-line">
            <p className="code-line">{shown(url)}</p>
            <CopyButton label={t.copyAddress} text={url} />
            <button
              type="button"
              className="button"
              aria-pressed={isShown}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? t.hideAddress : t.showAddress}
            </button>
          </div>
        </div>
      ))}
      <p className="quiet">{t.addressSecret}</p>
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
    </div>
  );
}
