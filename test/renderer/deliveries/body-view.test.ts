import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableBody } from '../../../renderer/deliveries/body-view.ts';

test('JSON is indented, whatever blanks stand around it', () => {
  expect(readableBody(' {"a":[1]}\n')).toEqual({ kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}' });
});

test('a form becomes its fields, decoded once and in their order, JSON in it indented', () => {
  expect(
    readableBody('name=CPU+high&unit=%&expression=%24Average%3E%3D90&name=two&alert=%7B%22a%22%3A1%7D'),
  ).toEqual({
    kind: 'form',
    fields: [
      ['name', 'CPU high'],
      ['unit', '%'],
      ['expression', '$Average>=90'],
      ['name', 'two'],
      ['alert', '{\n  "a": 1\n}'],
    ],
  });
});

test('the raw text is the best there is of prose, broken JSON, depth and length', () => {
  for (const body of [
    '',
    'hello there',
    'It says x=1.',
    '{"a":',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    `{"a":"${'x'.repeat(400_000)}"}`,
  ])
    expect(readableBody(body)).toBeNull();
});

test('no body makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.webQueryParameters()), (body) => {
      readableBody(body);
    }),
  );
});
