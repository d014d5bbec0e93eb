import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';

interface IconButtonProps {
  readonly icon: ReactNode;
  /** Accessible name, and the tooltip. */
  readonly label: string;
  readonly onPress: (element: Element) => void;
  readonly isExpanded?: boolean;
}

/** A button that is only an icon to the eye. */
export function IconButton({ icon, label, onPress, isExpanded }: IconButtonProps) {
  return (
    <span className="tooltip-holder" title={label}>
      <Button
        className="icon-button"
        aria-label={label}
        onPress={(event) => onPress(event.target)}
        {...(isExpanded === undefined ? {} : { 'aria-expanded': isExpanded, 'aria-haspopup': 'menu' as const })}
      >
        {icon}
      </Button>
    </span>
  );
}
