import { describe, expect, test } from 'vitest';
import type { Hearing, HearingCauseCode } from '../../../shared/hearing.ts';
import { startLines } from '../../../main/system/start-lines.ts';
import { statusText } from '../../../shared/text/status-text.ts';

const url = 'http://127.0.0.1:9797';
const tryIt = { url: `${url}/hooks/cm-1/s3cret`, curl: `curl -d a=b ${url}/hooks/cm-1/s3cret` };
const deaf = (code: HearingCauseCode): Hearing => ({ state: 'deaf', causes: [{ code, message: 'x' }] });

describe('what the terminal says after the start', () => {
  test('where it listens, the source and a line to try', () => {
    const lines = startLines({ state: 'hearing', causes: [] }, url, tryIt, 'en').join('\n');
    expect(lines).toContain(`listens at ${url}`);
    expect(lines).toContain(tryIt.url);
    expect(lines).toContain(tryIt.curl);
  });

  test('on a taken port: the cause and what to do, and no claim to listen', () => {
    const lines = startLines(deaf('port-taken'), url, tryIt, 'en').join('\n');
    expect(lines).toContain(statusText.en.cause['port-taken']);
    expect(lines).toContain(statusText.en.remedy['port-taken']);
    expect(lines).not.toContain('listens at');
    // Whoever has the port would be sent the secret.
    expect(lines).not.toContain('s3cret');
  });

  test('without a source: that the window has one click for it', () => {
    const lines = startLines(deaf('never-set-up'), url, null, 'zh-CN');
    expect(lines).toEqual([`Tocsin 正在监听 ${url}`, '还没有来源：在窗口中点一下即可添加。']);
  });
});
