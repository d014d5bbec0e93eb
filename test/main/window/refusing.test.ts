import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { SecretsNotWritable } from '../../../main/settings/secrets.ts';
import { createRefusing } from '../../../main/window/refusing.ts';
import { refusalText } from '../../../shared/text/refusal-text.ts';

const fail = (error: Error) => (): never => {
  throw error;
};
const full = new Database.SqliteError('database or disk is full', 'SQLITE_FULL');

describe.each(['en', 'zh-CN'] as const)('what the disk does not take, in %s,', (language) => {
  const text = refusalText[language];
  const { refusing, refusingLater } = createRefusing(() => text);

  test('is refused with a sentence in the language of the window', async () => {
    expect(() => refusing(fail(full))).toThrow(text.notWritten);
    await expect(refusingLater(Promise.reject(full))).rejects.toMatchObject({
      code: 'store-not-writable',
      message: text.notWritten,
    });
    expect(() => refusing(fail(new SecretsNotWritable(full)))).toThrow(text.secretsNotWritten);
  });

  test('does not claim that nothing was changed by what is over all the same', () => {
    expect(() => refusing(fail(full), (said) => said.offNotWritten)).toThrow(text.offNotWritten);
  });
});

test('a broken program and a damaged store are left to whoever knows what to do', () => {
  const { refusing } = createRefusing(() => refusalText.en);
  for (const error of [new TypeError('broken'), new Database.SqliteError('malformed', 'SQLITE_CORRUPT')])
    expect(() => refusing(fail(error))).toThrow(error);
});
