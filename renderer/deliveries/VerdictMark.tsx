import type { Verdict } from '../../shared/alert.ts';

/** What a verdict is about; each has a shape of its own. */
type Tone = 'alert' | 'recovery' | 'silent' | 'check' | 'trouble';

const toneOf: Readonly<Record<Verdict, Tone>> = {
  opened: 'alert',
  'level-changed': 'alert',
  mixed: 'alert',
  resolved: 'recovery',
  acknowledged: 'recovery',
  repeated: 'silent',
  retry: 'silent',
  late: 'silent',
  'orphan-recovery': 'silent',
  ignored: 'silent',
  probe: 'check',
  test: 'check',
  'not-understood': 'trouble',
};

/** Filled square, check, ring, dot, crossed box. The word stands beside it, always. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const tone = toneOf[verdict];
  return (
    <svg
      className="verdict-mark"
      data-tone={tone}
      viewBox="0 0 14 14"
      width="14"
      height="14"
      aria-hidden="true"
    >
      {tone === 'alert' && <path d="M2 2h10v10H2z" fill="currentColor" />}
      {tone === 'recovery' && <path d="m2 7.5 3.4 3.4L12 3.6" className="verdict-line" />}
      {tone === 'silent' && <circle cx="7" cy="7" r="4.5" className="verdict-line" />}
      {tone === 'check' && <circle cx="7" cy="7" r="2.5" fill="currentColor" />}
      {tone === 'trouble' && <path d="M2 2h10v10H2zM4.5 4.5l5 5m0-5-5 5" className="verdict-line" />}
    </svg>
  );
}
