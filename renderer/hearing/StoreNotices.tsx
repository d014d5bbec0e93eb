import Database from 'lucide-react/icons/database';
import X from 'lucide-react/icons/x';
import { ask } from '../bridge.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { Moment } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';

/** What happened to the store, one bar each, until a person puts it away. */
export function StoreNotices({ live }: { readonly live: LiveState }) {
  const t = useTexts().window;
  return live.health?.notices.map(({ code, message, at }) => (
    <section key={code} className="hearing" data-tone="notice" role="status">
      <Database aria-hidden="true" size={14} />
      <p>
        <Moment at={at} /> · {message}
      </p>
      <IconButton
        icon={<X aria-hidden="true" size={14} />}
        label={t.dismiss}
        onPress={() => void ask('dismissNotice', { code })}
      />
    </section>
  ));
}
