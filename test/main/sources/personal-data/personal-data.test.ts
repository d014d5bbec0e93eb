import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { withoutPersonalData } from '../../../../main/sources/personal-data/personal-data.ts';
import { delivery, fixture, form, readEvent } from '../cloudmonitor/delivery.ts';

const email = 'jo.markus@mail.example';
const person = 'Jo Markusson & Söhne';
const userInfo = { name: person, email, more: [{ name: person }, 'a "b" \\ }],{', 1] };
const alert = { alertState: 'ALERT', alertName: '磁盘 "x" & userInfo service', ruleId: 'r-1' };
const percent = encodeURIComponent;
const text = JSON.stringify;

function clean(body: string | Uint8Array, query = ''): { readonly body: string; readonly query: string } {
  const { body: bytes, query: cleanQuery } = withoutPersonalData(delivery(body, query));
  return { body: Buffer.from(bytes).toString(), query: cleanQuery };
}

/** Every piece by which the person could be known, however it is written. */
function expectNobody(left: string): void {
  for (const piece of ['markus', 'hne', 'mail']) expect(left.toLowerCase()).not.toContain(piece);
}

describe('the member goes and every other byte stays', () => {
  test.each([
    ['between others', '{"a":1, "userInfo" : {"e":"markus"} ,"b":2}', '{"a":1 ,"b":2}'],
    ['first', '{"userInfo":"markus","b":2}', '{"b":2}'],
    ['last', '{\n  "a": 1,\n  "userInfo": ["markus"]\n}\n', '{\n  "a": 1\n}\n'],
    ['alone', '{"o":{"userInfo":null}}', '{"o":{}}'],
    ['twice, in other case', '{"USERINFO":1,"a":1,"userinfo":2,"UserInfo":3}', '{"a":1}'],
    ['nothing but', '{"userInfo":1,"UserInfo":{"userInfo":2}}', '{}'],
    ['as a part of a name', '{"a":1,"user.userInfo.email":"markus"}', '{"a":1}'],
    ['in a list', '[{"userInfo":"markus"},{"a":[{"userInfo":1,"b":[]}]}]', '[{},{"a":[{"b":[]}]}]'],
    ['beside large numbers', '{"id":12345678901234567890,"userInfo":1}', '{"id":12345678901234567890}'],
    ['beside escapes', '{"a":"\\u78c1\\/\\"","userInfo":1}', '{"a":"\\u78c1\\/\\""}'],
    ['behind a byte order mark', '\ufeff{"userInfo":1,"b":2}', '\ufeff{"b":2}'],
  ])('%s', (_, body, left) => {
    expect(clean(body).body).toBe(left);
  });

  test('in text inside of JSON, at any depth', () => {
    const wrap = (inner: string): string => text({ id: 1, body: inner, z: 'é\u0001\n' });
    let body = text({ ...alert, userInfo });
    let left = text(alert);
    for (let depth = 1; depth <= 5; depth += 1) {
      body = wrap(body);
      left = wrap(left);
      expect(clean(body).body).toBe(left);
    }
  });

  test.each(['payload', 'body', 'data', 'anything'])('in a form field that holds JSON (%s)', (field) => {
    const wrap = (inner: string): string => `a=1&${field}=${percent(inner)}&b=%e7%a3%81+x`;
    expect(clean(wrap(text({ ...alert, userInfo }))).body).toBe(wrap(text(alert)));
    expect(clean(wrap(text([{ ...alert, userInfo }]))).body).toBe(wrap(text([alert])));
    expect(clean(wrap(text({ body: text({ ...alert, userInfo }) }))).body).toBe(
      wrap(text({ body: text(alert) })),
    );
    expect(clean(wrap(percent(text({ ...alert, userInfo })))).body).toBe(wrap(percent(text(alert))));
  });

  test('in a form field that holds JSON which was not encoded', () => {
    expect(clean('payload={"userInfo":{"n":"A & b=markus"},"x":"1 & 2"}&alertState=OK').body).toBe(
      'payload={"x":"1 & 2"}&alertState=OK',
    );
  });

  test.each([
    ['between others', 'a=1&userInfo=markus&b=2', 'a=1&b=2'],
    ['first', 'userInfo=markus&b=2', 'b=2'],
    ['last', 'a=1&UserInfo=markus', 'a=1'],
    ['encoded', 'a=%e7%A3+%zz&userInfo=%7B%22n%22%3A%22a%26b%3Dmarkus%22%7D&b=2', 'a=%e7%A3+%zz&b=2'],
    ['not encoded', 'a=1&userInfo={"n":"A & b=markus","e":"a@mail"}&unit=%', 'a=1&unit=%'],
  ])('in a form, %s', (_, body, left) => {
    expect(clean(body).body).toBe(left);
    expect(clean('', body).query).toBe(left);
  });
});

describe('letters that are written otherwise hide nothing', () => {
  const escape = (name: string, at: number): string =>
    `${name.slice(0, at)}\\u00${name.charCodeAt(at).toString(16)}${name.slice(at + 1)}`;

  test.each([0, 1, 4, 7])('an escaped letter in JSON (%i)', (at) => {
    const body = `{"a":1,"${escape('userInfo', at)}":{"e":"markus"},"b":2}`;
    expect(JSON.parse(body)).toHaveProperty('userInfo');
    expect(clean(body).body).toBe('{"a":1,"b":2}');
    expect(clean(`{"x":${text(body)}}`).body).toBe(`{"x":${text('{"a":1,"b":2}')}}`);
    expect(clean(text({ x: text({ y: body }) })).body).toBe(text({ x: text({ y: '{"a":1,"b":2}' }) }));
    expect(clean(`payload=${percent(body)}&b=2`).body).toBe(`payload=${percent('{"a":1,"b":2}')}&b=2`);
  });

  test('all letters of it, in either case of the digits', () => {
    const name = Array.from(
      'UserInfo',
      (letter) => `\\u00${letter.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    expect(clean(`{"${name.join('')}":"markus","b":2}`).body).toBe('{"b":2}');
  });

  test.each(['user%49nfo', '%75serInfo', 'user%2549nfo', 'user%252549nfo'])(
    'an encoded letter in a form: %s',
    (name) => {
      expectNobody(clean(`a=1&${name}=markus&b=2`).body);
      expect(clean(`a=1&${name}=markus&b=2`).body).toContain('b=2');
      expectNobody(clean('', `a=1&${name}=markus&b=2`).query);
    },
  );
});

describe('keys that other protocols carry in the body', () => {
  const secret = 'R0123456789ABCDEF0123456789ABCDE';

  test.each(['routing_key', 'service_key', 'apiKey', 'integrationKey', 'api_key', 'APIKEY', 'routingKey'])(
    'go like personal data: %s',
    (name) => {
      const bodies: readonly (readonly [string, string])[] = [
        [`{"a":1,"${name}":"${secret}","b":2}`, '{"a":1,"b":2}'],
        [`{"${name}":"${secret}","b":{"c":[1]}}`, '{"b":{"c":[1]}}'],
        [`a=1&${name}=${secret}&b=2`, 'a=1&b=2'],
        [`payload=${percent(`{"a":1,"${name}":"${secret}"}`)}&b=2`, `payload=${percent('{"a":1}')}&b=2`],
        [text({ body: `{"a":1,"${name}":"${secret}"}` }), text({ body: '{"a":1}' })],
        [
          `{"a":1,"${name.slice(0, -1)}\\u00${name.charCodeAt(name.length - 1).toString(16)}":"${secret}"}`,
          '{"a":1}',
        ],
      ];
      for (const [body, left] of bodies) expect(clean(body).body).toBe(left);
      expect(clean('', `${name}=${secret}&b=2`).query).toBe('b=2');
    },
  );

  test.each([
    ['cut off', `{"a":1,"apiKey":"${secret}`],
    ['broken', `{"a":1 "apiKey":"${secret}"}`],
    ['XML', `<a><apiKey>${secret}</apiKey></a>`],
    ['YAML', `a: 1\nrouting_key: ${secret}\n`],
    ['UTF-16', Buffer.from(`{"a":1,"apiKey":"${secret}"}`, 'utf16le')],
    ['in a text', `{"a":"call with apiKey=${secret}"}`],
  ])('also from text that cannot be trusted: %s', (_, body) => {
    const left = clean(body).body.replaceAll('\0', '');
    expect(left).not.toContain(secret.slice(0, 6));
    expect(left).toContain('a');
  });

  test.each([
    '{"apiKeyCount":3}',
    '{"my_apiKey_x":3}',
    '{"x.apiKey":3}',
    '{"key":"k","keys":[1],"token":"t","secret":"s"}',
    '{"alertName":"apiKey rotation is late"}',
    'alertState=ALERT&alertName=routing_key+missing&key=1',
    'apiKeyCount=3&token=x',
  ])('but nothing that only looks like one: %s', (body) => {
    const came = delivery(body, body);
    expect(withoutPersonalData(came)).toBe(came);
  });
});

describe('a compressed body', () => {
  const whole = text({ ...alert, userInfo });

  test.each([
    ['gzip', gzipSync],
    ['zlib', deflateSync],
  ])('is unpacked when there is something to take out (%s)', (_, pack) => {
    expect(clean(pack(whole)).body).toBe(text(alert));
    const came = delivery(pack(text(alert)));
    expect(withoutPersonalData(came)).toBe(came);
  });

  test.each([
    ['cut off', gzipSync(whole).subarray(0, 60)],
    ['larger than any body may be', gzipSync(Buffer.alloc(2_000_000))],
    ['broken', Buffer.concat([gzipSync(whole).subarray(0, 20), Buffer.alloc(40)])],
  ])('that cannot be unpacked is not kept (%s)', (_, body) => {
    expect(clean(body).body).toBe('[removed]');
  });
});

describe('text that cannot be trusted keeps the name and loses what follows it', () => {
  test.each([
    ['cut off in the value', '{"a":1,"userInfo":{"e":"mar', '{"a":1,"userInfo[removed]'],
    ['cut off behind it', '{"a":1,"userInfo":{"e":"markus"},"b":[{"c":"d', '{"a":1,"b":[{"c":"d'],
    ['broken before it', '{"a":1 "userInfo":{"e":"markus"}}', '{"a":1 "userInfo[removed]'],
    ['broken inside of it', '{"a":1,"userInfo":{"e" "markus"},"b":2}', '{"a":1,"userInfo[removed]'],
    ['broken behind it', '{"a":1,"userInfo":{"e":"x"},"n":"markus"},"b":2}', '{"a":1,"userInfo[removed]'],
    ['cut off in text in it', '{"a":"{\\"userInfo\\":{\\"e\\":\\"mar', '{"a":"{\\"userInfo[removed]'],
    ['XML', '<a><userInfo><e>markus</e></userInfo></a>', '<a><userInfo[removed]'],
    ['YAML', 'a: 1\nuserInfo:\n  e: markus\n', 'a: 1\nuserInfo[removed]'],
    ['a form without equals sign', 'a=1&userInfo markus&unit=%', 'a=1&userInfo[removed]&unit=%'],
    ['a form with a stray ampersand', 'a=1&userInfo&=%7Bmarkus&b=2', 'a=1&userInfo[removed]&b=2'],
    ['text with an address', '{"a":"userInfo of markus@mail"}', '{"a":"userInfo[removed]"}'],
    ['a form with a deep name', 'a=1&x[userInfo][e]=markus&b=2', 'a=1&x[userInfo[removed]&b=2'],
    ['text in a form', 'a=userInfo: markus&b=2', 'a=userInfo[removed]'],
  ])('%s', (_, body, left) => {
    expect(clean(body).body).toBe(left);
    // Cleaning it again, to parse it again, changes nothing.
    expect(clean(left).body).toBe(left);
  });

  test('also UTF-16', () => {
    for (const body of [text({ ...alert, userInfo }), `a=1&userInfo=x&name=${email}`]) {
      expectNobody(clean(Buffer.from(body, 'utf16le')).body.replaceAll('\0', ''));
    }
  });
});

describe('ordinary bodies are kept byte for byte, as the same object', () => {
  const same = (body: string | Uint8Array, query = ''): void => {
    const came = delivery(body, query);
    expect(withoutPersonalData(came)).toBe(came);
  };

  test('every fixture that has none', () => {
    const files = readdirSync(new URL('../../../fixtures/cloudmonitor/', import.meta.url));
    const ordinary = files.filter((file) => !fixture(file).includes('userInfo'));
    expect(ordinary.length).toBeGreaterThan(10);
    for (const file of ordinary) same(fixture(file));
  });

  test.each([
    'userInfo',
    'GET /api/userInfo',
    'getUserInfo failed 500',
    '"userInfo" is slow',
    'UserInfo接口',
    'userInfo, orders',
    'userInfo (orders) > 5',
  ])('with the mere word in a text: %s', (alertName) => {
    same(form({ alertName }));
    same(text({ ...alert, alertName }));
    same('', `alertName=${percent(alertName)}`);
    expect(readEvent(form({ alertName })).description.title).toContain(alertName);
  });

  test('any bytes without the name', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (body, query) => same(body, query)),
    );
  });

  test('any JSON with the name only as a plain word', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        same(text({ word: 'userInfo', value, list: [value, 'userInfo'] }, null, space));
      }),
    );
  });
});

describe('whatever it is wrapped in', () => {
  type Wrapping = readonly [name: string, wrap: (inner: string) => string];
  const wrappings: readonly Wrapping[] = [
    ['object', (inner) => `{"severity":"INFO","x":${inner},"z":[1,{}]}`],
    ['list', (inner) => `[1, ${inner} ,"z"]`],
    ['text in JSON', (inner) => text({ a: 1, body: inner, alert })],
    ['a form field', (inner) => `alertState=OK&payload=${percent(inner)}&unit=%25`],
    ['a form field in plus style', (inner) => `a=b+c&data=${percent(inner).replaceAll('%20', '+')}`],
    ['encoded', percent],
  ];
  const core = fc.constantFrom(
    text({ ...alert, userInfo }),
    text({ USERINFO: userInfo, alert }, null, 2),
    text({ alert, userInfo: text(userInfo) }),
    text([{ userinfo: [userInfo], alert }]),
  );
  const chain = fc.array(fc.constantFrom(...wrappings), { maxLength: 4 });
  const body = fc.tuple(core, chain).map(([inner, chosen]) => {
    // JSON can only be put into JSON; as soon as it is text it goes on as text.
    let isJson = true;
    return chosen.reduce((wrapped, [name, wrap]) => {
      const next =
        name === 'object' || name === 'list' ? wrap(isJson ? wrapped : text(wrapped)) : wrap(wrapped);
      isJson = name === 'object' || name === 'list' || name === 'text in JSON';
      return next;
    }, inner);
  });
  const encodedForm = `severity=INFO&userInfo=${percent(text(userInfo))}&alertState=OK`;
  const any = fc.oneof(
    body,
    fc.constant(encodedForm),
    fc.constant(`severity=INFO&userInfo=${text(userInfo)}&alertState=OK`),
    fc.constant(`x=${percent(encodedForm)}&y=1`),
    fc.constant(text({ x: encodedForm })),
  );

  test('nobody is left', () => {
    fc.assert(
      fc.property(any, (whole) => {
        expectNobody(clean(whole).body);
        expectNobody(clean('', whole).query);
      }),
      { numRuns: 2000 },
    );
  });

  test('and cut off anywhere, nobody is left', () => {
    fc.assert(
      fc.property(any, fc.double({ min: 0, max: 1, noNaN: true }), (whole, part) => {
        expectNobody(clean(whole.slice(0, Math.floor(whole.length * part))).body);
      }),
      { numRuns: 4000 },
    );
  });

  test('and with a character lost, added or replaced anywhere, nobody is left', () => {
    const junk = fc.constantFrom(...'{}[]",:&=%\\ x0\0\n\u00ff', '');
    fc.assert(
      fc.property(
        any,
        fc.double({ min: 0, max: 1, noNaN: true }),
        junk,
        fc.nat(1),
        (whole, part, put, lost) => {
          const at = Math.floor(whole.length * part);
          const name = /userinfo/gi;
          const broken = whole.slice(0, at) + put + whole.slice(at + lost);
          // Without its name nothing can tell that it is about a person.
          fc.pre((broken.match(name)?.length ?? 0) === (whole.match(name)?.length ?? 0));
          expectNobody(clean(broken).body);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

describe('the alert', () => {
  test('is the same with and without it', () => {
    const fields = JSON.stringify({ ...alert, userInfo });
    expect(readEvent(fields)).toEqual(readEvent(text(alert)));
    const personal = `userInfo=${percent(text(userInfo))}`;
    expect(readEvent(`${personal}&${form()}&${personal}`)).toEqual(readEvent(form()));
  });

  test('has nobody in its labels, wherever the sender put them', () => {
    for (const field of [
      'customLabels',
      'dimensions',
      'dimensionsOriginal',
      'instanceName',
      'expression',
      'unit',
    ]) {
      for (const value of [text({ userInfo, team: 'shop' }), `{userInfo=${email}, team=shop}`]) {
        expectNobody(text(readEvent(form({ [field]: value }))));
        expectNobody(text(readEvent(text({ ...alert, [field]: value }))));
      }
      expectNobody(text(readEvent(text({ ...alert, [field]: { userInfo, team: 'shop' } }))));
    }
  });
});

describe('a megabyte is cleaned in linear time', () => {
  const size = 1_048_576;
  const filled = (piece: string): string => piece.repeat(Math.floor(size / piece.length));
  test.each([
    ['names', filled('userInfo')],
    ['names in a form', `a=${filled('userInfo')}`],
    ['fields', filled('userInfo=1&')],
    ['fields that are not encoded', filled('userInfo={&')],
    ['known fields that are not encoded', filled('unit=userInfo {&')],
    ['words in fields', filled('a=userInfo x&')],
    ['spaces behind a name', `a=userInfo${filled('+')}`],
    ['quotes behind a name', `a=userInfo${filled('"')}`],
    ['members', `{${filled('"userInfo":1,')}`],
    ['members that are kept', `{${filled('"a":1,')}"userInfo":1}`],
    ['words in JSON', `[${filled('"userInfo",')}1]`],
    ['brackets', `{"userInfo":${filled('[')}`],
    ['brackets behind it', `{"userInfo":1,"a":${filled('[')}`],
    ['braces', `${filled('{"a":')}{"userInfo":1}`],
    ['text without end', `{"userInfo":1,"a":"${filled('\\')}`],
    ['percent signs', `userInfo=%7B${filled('%')}`],
    ['percent signs, encoded again and again', `a=%${filled('25')}userInfo`],
    ['blanks', `{"userInfo":1,${filled(' ')}}`],
    ['nothing but ampersands', `userInfo=1${filled('&')}`],
    ['a word at the end', `${filled('x')}userInfo`],
    ['keys', `{${filled('"apiKey":1,')}"a":1}`],
    ['keys in a form', filled('api_key=1&')],
    ['ends of keys', `{"a":"${filled('key')}"}`],
    ['backslashes', `{"a":"u0041${filled('\\\\')}"}`],
    ['escaped letters', `{"a":"${filled('\\u0075')}"}`],
    ['encoded letters', `a=${filled('%75')}`],
    ['encoded percent signs', `a=%41${filled('%25')}`],
    ['hidden names', `{${filled('"user\\u0049nfo":1,')}"a":1}`],
    ['encoded names', `a=${filled('user%49nfo&')}`],
  ])('%s', (_, body) => {
    const started = performance.now();
    clean(body, body);
    // Generous, for slow machines: quadratic behaviour would take minutes.
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
