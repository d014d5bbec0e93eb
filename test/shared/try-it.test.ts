import { describe, expect, test } from 'vitest';
import { curlLine } from '../../shared/try-it.ts';

const url = 'http://127.0.0.1:9797/hooks/cm-1/abcdef';

describe('the command to try a source', () => {
  test('fires and recovers one and the same problem', () => {
    const fire = new URLSearchParams(curlLine('cloudmonitor', 'firing', url)?.split('"')[1]);
    const recover = new URLSearchParams(curlLine('cloudmonitor', 'recovered', url)?.split('"')[1]);
    expect(fire.get('alertState')).toBe('ALERT');
    expect(recover.get('alertState')).toBe('OK');
    for (const name of ['userId', 'ruleId', 'dimensions']) expect(fire.get(name)).toBe(recover.get(name));
    expect(fire.get('dimensions')).toBe('{instanceId=i-try1}');
    expect(fire.get('expression')).toBe('$Average>=90');
  });

  test('holds nothing that a shell would read between the quotes', () => {
    expect(curlLine('cloudmonitor', 'firing', url)).toMatch(/^curl -d "[\w.=&+%-]+" "http:[\w.:/-]+"$/);
  });

  test('a kind without such a line has none', () => {
    expect(curlLine('universal', 'firing', url)).toBeNull();
  });
});
