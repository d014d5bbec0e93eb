import Copy from 'lucide-react/icons/copy';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { useTexts } from '../controls/texts.ts';
import type { CopyForm } from './alert-copy.ts';

interface CopyMenuProps {
  readonly className: string;
  readonly onCopy: (form: CopyForm) => void;
}

/** A button that asks in which form to copy. */
export function CopyMenu({ className, onCopy }: CopyMenuProps) {
  const t = useTexts().window;
  const forms: readonly (readonly [CopyForm, string])[] = [
    ['text', t.copyText],
    ['markdown', t.copyMarkdown],
    ['json', t.copyJson],
  ];
  return (
    <MenuTrigger>
      <Button className={className}>
        <Copy aria-hidden="true" size={14} />
        <span className="action-word">{t.copy}</span>
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu
          className="menu"
          onAction={(key) => {
            const form = forms.find(([name]) => name === key);
            if (form !== undefined) onCopy(form[0]);
          }}
        >
          {forms.map(([form, words]) => (
            <MenuItem key={form} id={form} className="menu-item">
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
