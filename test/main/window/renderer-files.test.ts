import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, rendererFile } from '../../../main/window/renderer-files.ts';

const root = path.join(path.sep, 'dist', 'renderer');
const pathOf = (address: string, method = 'GET') => rendererFile(root, method, address)?.path ?? null;

describe('files of the page', () => {
  test('the bare address and index.html are the same page', () => {
    expect(pathOf('tocsin://app/')).toBe(path.join(root, 'index.html'));
    expect(pathOf('tocsin://app/index.html')).toBe(path.join(root, 'index.html'));
  });

  test('a built file in a folder is found, whatever follows the question mark', () => {
    expect(pathOf('tocsin://app/assets/index-B4x_9.js?v=1#top')).toBe(
      path.join(root, 'assets', 'index-B4x_9.js'),
    );
  });

  test.each([
    'tocsin://app/../package.json',
    'tocsin://app/%2e%2e/package.json',
    'tocsin://app/assets/..%2f..%2fpackage.json',
    'tocsin://app/assets\\..\\secret.js',
    'tocsin://app/.hidden.js',
    'tocsin://app//etc/passwd',
    'tocsin://app/assets//index.js',
    'tocsin://app/index.html%00.js',
    'tocsin://app/index.js/',
    'tocsin://app/a..js',
  ])('%s leads nowhere outside the folder', (address) => {
    const found = pathOf(address);
    // URL parsing may tidy `..` away; what is left must then be an ordinary file below the folder.
    expect(found === null || (found.startsWith(root + path.sep) && !found.includes('..'))).toBe(true);
  });

  test.each(['tocsin://app/tocsin.db', 'tocsin://app/LICENSE', 'tocsin://app/index.js.map'])(
    '%s is of no kind that a page needs',
    (address) => expect(pathOf(address)).toBeNull(),
  );

  test.each([
    'tocsin://other/index.html',
    'https://app/index.html',
    'tocsin://app:80/index.html',
    'index.html',
    '',
  ])('%s is not our address', (address) => expect(pathOf(address)).toBeNull());

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('%s is not a way to read a file', (method) => {
    expect(pathOf('tocsin://app/index.html', method)).toBeNull();
  });

  test('every file carries the policy, its type, and a ban on guessing another', () => {
    const headers = rendererFile(root, 'GET', 'tocsin://app/assets/index.css')?.headers;
    expect(headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
    });
  });

  test('the policy allows nothing inline, nothing evaluated and no connection', () => {
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).toContain("connect-src 'none'");
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*/);
  });
});
