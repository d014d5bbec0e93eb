// The hidden page that makes sound: main asks it to play and believes only its confirmation that time passes on a device.
import type { SoundName, SoundOutcome } from '../../shared/sound.ts';
import { type Note, tones } from './tones.ts';

declare global {
  interface Window {
    /** `volume` in percent. Called by main/system/sound-page.ts; settles when the sound is heard or cannot be. */
    playSound: (name: SoundName, volume: number) => Promise<SoundOutcome>;
  }
}

/** A note that begins or ends at once clicks. */
const edgeSeconds = 0.015;
const pollMs = 20;

let context: AudioContext | null = null;
/** Of the sound that plays; a new one replaces it. */
let output: GainNode | null = null;

window.playSound = async (name, volume) => {
  if (!(await hasDevice())) return 'no-device';
  context ??= new AudioContext();
  await context.resume();
  output?.disconnect();
  output = context.createGain();
  // The ear hears ratios: half of the slider is to sound like half.
  output.gain.value = (volume / 100) ** 2;
  output.connect(context.destination);
  const startAt = context.currentTime + edgeSeconds;
  for (const note of tones[name]) schedule(context, output, note, startAt);
  return (await isHeard(context, startAt)) ? 'played' : 'no-answer';
};

/** Without a device Chromium plays into nothing, and its clock goes on all the same. */
async function hasDevice(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some(({ kind }) => kind === 'audiooutput');
}

function schedule(audio: AudioContext, target: AudioNode, note: Note, startAt: number): void {
  const from = startAt + note.atMs / 1000;
  const to = from + note.lengthMs / 1000;
  const oscillator = audio.createOscillator();
  oscillator.type = note.shape;
  oscillator.frequency.value = note.hertz;
  const edges = audio.createGain();
  edges.gain.setValueAtTime(0, from);
  edges.gain.linearRampToValueAtTime(note.loudness, from + edgeSeconds);
  edges.gain.setValueAtTime(note.loudness, to - edgeSeconds);
  edges.gain.linearRampToValueAtTime(0, to);
  oscillator.connect(edges).connect(target);
  oscillator.start(from);
  oscillator.stop(to);
}

/** True once the clock of the device has passed the beginning; false when it does not for so long that nobody waits. */
async function isHeard(audio: AudioContext, startAt: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < 3000; waitedMs += pollMs) {
    if (audio.state === 'running' && audio.currentTime > startAt) return true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return false;
}
