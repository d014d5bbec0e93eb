import { describe, expect, test } from 'vitest';
import { installationMatches } from '../../build/bootstrap/dependencies.mjs';

const bell = ['node_modules/bell', { version: '1.0.0', integrity: 'sha512-a' }] as const;
const newer = ['node_modules/bell', { version: '1.0.1', integrity: 'sha512-a' }] as const;
const altered = ['node_modules/bell', { version: '1.0.0', integrity: 'sha512-c' }] as const;
const winOnly = [
  'node_modules/win-only',
  { version: '2.0.0', integrity: 'sha512-b', optional: true },
] as const;

describe('node_modules is current', () => {
  test('when every package is there as locked, optional ones of other systems aside', () => {
    expect(installationMatches([bell, winOnly], [bell])).toBe(true);
    expect(installationMatches([bell, winOnly], [bell, winOnly])).toBe(true);
  });

  test('not when a package is missing, of another version, of other content, or left over', () => {
    expect(installationMatches([bell], [])).toBe(false);
    expect(installationMatches([bell], [newer])).toBe(false);
    expect(installationMatches([bell], [altered])).toBe(false);
    expect(installationMatches([bell], [bell, winOnly])).toBe(false);
  });
});
