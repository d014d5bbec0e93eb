import { expect, test } from 'vitest';
import { covered } from '../../../renderer/sources/covered.ts';

test('on the screen the secret is covered everywhere it stands', () => {
  expect(covered('http://x/abcdef http://x/abcdef', 'abcdef')).not.toContain('abcdef');
});
