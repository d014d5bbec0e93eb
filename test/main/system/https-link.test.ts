import { describe, expect, test } from 'vitest';
import { judgeLink } from '../../../main/system/https-link.ts';

describe('links that may leave the app', () => {
  test('an https link is opened in the form that was checked', () => {
    expect(judgeLink('HTTPS://Console.Example.COM/a b')).toEqual({
      allowed: true,
      url: 'https://console.example.com/a%20b',
    });
  });

  test.each([
    ['http://console.example/', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['ms-settings:notifications', 'not-https'],
    ['smb://share.example/x', 'not-https'],
    ['https://bank.example@evil.example/', 'carries-credentials'],
    ['https://:secret@evil.example/', 'carries-credentials'],
    ['console.example/login', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['', 'not-a-url'],
  ])('%s stays closed: %s', (text, reason) => {
    expect(judgeLink(text)).toEqual({ allowed: false, reason });
  });
});
