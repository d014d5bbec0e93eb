import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { ask } from '../bridge.ts';
import { useTexts } from './texts.ts';

/** Copies a text and says so for two seconds; its width stays. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }) {
  const t = useTexts().window;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className="button copy-button"
      onClick={() => void ask('copyText', { text }).then((reply) => setCopied(reply.ok))}
    >
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
