import { expect, test } from 'vitest';
import { tones } from '../../../renderer/sound/tones.ts';

const sounds = Object.entries(tones);

test.each(sounds)('%s is over within three seconds and never louder than the volume', (_name, notes) => {
  const ends = notes.map(({ atMs, lengthMs }) => atMs + lengthMs);
  expect(Math.max(...ends)).toBeLessThanOrEqual(3000);
  for (const { atMs } of notes) {
    const together = notes.filter((note) => note.atMs <= atMs && atMs < note.atMs + note.lengthMs);
    const sum = together.reduce((loudness, note) => loudness + note.loudness, 0);
    expect(sum).toBeLessThanOrEqual(1);
  }
});

test('no two sounds are alike: neither in their notes nor in the way they go', () => {
  const tunes = sounds.map(([, notes]) => notes.map(({ hertz }) => hertz).join(' '));
  expect(new Set(tunes).size).toBe(3);
  expect(new Set(sounds.map(([, notes]) => notes[0]?.shape)).size).toBe(3);
  expect(tones.critical.length).toBeGreaterThan(tones.medium.length);
});
