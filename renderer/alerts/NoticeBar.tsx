import X from 'lucide-react/icons/x';
import { useEffect, useState } from 'react';
import { IconButton } from '../controls/IconButton.tsx';
import { useTexts } from '../controls/texts.ts';
import type { Notice } from './alert-acts.ts';

/** Says what was done and offers to undo it, for `shownMs`, longer while pointed at. Lies over the list, so nothing moves. */
export function NoticeBar({
  notice,
  shownMs,
  onDone,
}: {
  readonly notice: Notice | null;
  readonly shownMs: number;
  readonly onDone: () => void;
}) {
  const texts = useTexts();
  const t = texts.window;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (notice === null || isHeld) return undefined;
    const timer = setTimeout(onDone, shownMs);
    return () => clearTimeout(timer);
  }, [notice, isHeld, shownMs, onDone]);
  const undo = notice?.undo ?? null;
  return (
    <div className="notice-place" role="status">
      {notice !== null && (
        <div
          className="notice"
          data-tone={notice.tone}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{notice.sentence(texts)}</span>
          {undo !== null && (
            <button
              type="button"
              className="button notice-undo"
              onClick={() => {
                setHeld(false);
                onDone();
                undo();
              }}
            >
              {t.undo}
            </button>
          )}
          <IconButton
            icon={<X aria-hidden="true" size={14} />}
            label={t.dismiss}
            onPress={() => {
              setHeld(false);
              onDone();
            }}
          />
        </div>
      )}
    </div>
  );
}
