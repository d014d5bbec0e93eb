import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { ask } from '../bridge.ts';
import { useTexts } from './texts.ts';

interface CopyButtonProps {
  readonly label: string;
  /** A function is asked at the click; null when there is nothing to copy after all. */
  readonly text: string | (() => Promise<string | null>);
}

/** Copies a text and says so for two seconds; its width stays. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const t = useTexts().window;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    const words = typeof text === 'string' ? text : await text();
    setCopied(words !== null && (await ask('copyText', { text: words })).ok);
  };
  return (
    <button type="button" className="button copy-button" onClick={() => void copy()}>
      {copied ? <Check aria-hidden="true" size={14} /> : <Copy aria-hidden="true" size={14} />}
      <span className="copy-labels">
        <span data-shown={!copied}>{label}</span>
        <span data-shown={copied} role="status">
          {copied ? t.copied : ''}
        </span>
      </span>
    </button>
  );
}
