import type { ReactNode } from 'react';

interface IconButtonProps {
  readonly icon: ReactNode;
  /** Accessible name, and the tooltip. */
  readonly label: string;
  readonly onPress: (element: Element) => void;
  /** False: reached by arrow keys or pointer only. */
  readonly isTabbable?: boolean;
}

/** A button that is only an icon to the eye. A plain one: a list draws dozens of them while it scrolls. */
export function IconButton({ icon, label, onPress, isTabbable = true }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      tabIndex={isTabbable ? 0 : -1}
      onClick={(event) => onPress(event.currentTarget)}
    >
      {icon}
    </button>
  );
}
