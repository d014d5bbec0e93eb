import { beforeEach, describe, expect, test } from 'vitest';
import { type LastingPresenter, lastingPresenter } from '../../../main/notifications/lasting-presenter.ts';
import type { Toast } from '../../../main/notifications/presenter.ts';
import { RecordingPresenter } from '../../fakes/recording-presenter.ts';

const toast = (id: Toast['id']): Toast => ({
  id,
  title: 'Queue is full',
  body: '',
  urgency: 'critical',
  expires: false,
  sound: null,
  actions: [],
});

let desktop: RecordingPresenter;
let lasting: LastingPresenter;
beforeEach(() => {
  desktop = new RecordingPresenter();
  desktop.leftBehind = ['A9'];
  lasting = lastingPresenter(desktop);
});

test('the first user takes over what a killed process left, and its end is the end', async () => {
  expect(await lasting.presenter.shownBefore()).toEqual(['A9']);
  await lasting.presenter.show(toast('A1'));
  await lasting.presenter.close('A1');
  await lasting.presenter.stop();
  expect(desktop.asked).toEqual(['show A1', 'close A1', 'stop']);
});

describe('handed over', () => {
  beforeEach(async () => {
    await lasting.presenter.show(toast('A1'));
    await lasting.presenter.show(toast('A2'));
    await lasting.presenter.close('A2');
    lasting.handOver();
    await lasting.presenter.close('A1');
    await lasting.presenter.stop();
  });

  test('what is on the screen stays there and belongs to the next user', async () => {
    expect(desktop.asked).toEqual(['show A1', 'show A2', 'close A2']);
    expect(await lasting.presenter.shownBefore()).toEqual(['A1']);
    await lasting.presenter.close('A1');
    await lasting.presenter.stop();
    expect(desktop.asked.slice(3)).toEqual(['close A1', 'stop']);
  });

  test('only the newest user hears what a person does', () => {
    const heard: string[] = [];
    lasting.presenter.onActivation(({ toastId }) => heard.push(`old ${toastId}`));
    lasting.presenter.onActivation(({ toastId }) => heard.push(`new ${toastId}`));
    desktop.activate({ toastId: 'A1', action: 'open' });
    expect(heard).toEqual(['new A1']);
  });
});
