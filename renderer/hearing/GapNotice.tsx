import History from 'lucide-react/icons/history';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { gapSummaryText } from '../../shared/text/coverage-text.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { useTexts } from '../controls/texts.ts';
import { useCoverage } from '../coverage/use-coverage.ts';
import type { LiveState } from '../live-state.ts';
import { untoldGap } from './gap-notice.ts';

/** Which gap was read about: of the window alone, and kept where it is destroyed and built anew. */
const readKey = 'tocsin.gap-read';

/** After a gap, once we hear again: how long it was and who may have called in vain, until a person puts it away. */
export function GapNotice({ live }: { readonly live: LiveState }) {
  const { window: t, language } = useTexts();
  const state = live.health?.hearing.state ?? 'starting';
  const { coverage } = useCoverage(2, state);
  const [read, setRead] = useState(() => localStorage.getItem(readKey));
  const news = coverage === null || state !== 'hearing' ? null : untoldGap(coverage, live.sources, read);
  if (news === null) return null;
  const { title, lines } = gapSummaryText(language, news.summary);
  return (
    <section className="hearing" data-tone="notice" aria-label={title}>
      <History aria-hidden="true" size={14} />
      <div role="status">
        <p>
          <strong>{title}</strong>
        </p>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <IconButton
        icon={<X aria-hidden="true" size={14} />}
        label={t.dismiss}
        onPress={() => {
          localStorage.setItem(readKey, news.name);
          setRead(news.name);
        }}
      />
    </section>
  );
}
