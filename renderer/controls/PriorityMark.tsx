import type { Priority } from '../../shared/priority.ts';

/** Shape before colour: filled diamond, filled triangle, ring; a check once resolved. The word stands beside it, always. */
export function PriorityMark({ mark }: { readonly mark: Priority | 'resolved' }) {
  return (
    <svg className="mark" data-mark={mark} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      {mark === 'critical' && <path d="M7 .5 13.5 7 7 13.5.5 7z" fill="currentColor" />}
      {mark === 'medium' && <path d="M7 1.2 13.6 12.8H.4z" fill="currentColor" />}
      {mark === 'low' && <circle cx="7" cy="7" r="4.75" fill="none" stroke="currentColor" strokeWidth="2" />}
      {mark === 'resolved' && (
        <path
          d="m2 7.5 3.4 3.4L12 3.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}
