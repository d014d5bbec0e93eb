// The only thing a page gets to see of the app: one named function per call, and the pushes. Nothing of Electron goes in.
import { contextBridge, ipcRenderer } from 'electron';
import type { BridgeApi, Push } from '../../shared/bridge.ts';
import { bridgeCallNames, callChannel, pushChannel } from '../../shared/bridge-names.ts';

const calls = Object.fromEntries(
  bridgeCallNames.map((name) => [
    name,
    (argument: unknown) => ipcRenderer.invoke(callChannel, name, argument),
  ]),
);

const onPush: BridgeApi['onPush'] = (listener) => {
  // The event object stays here: it would hand the page a way to send on any channel (security checklist 20).
  const forward = (_event: unknown, push: Push) => listener(push);
  ipcRenderer.on(pushChannel, forward);
  return () => {
    ipcRenderer.removeListener(pushChannel, forward);
  };
};

contextBridge.exposeInMainWorld('tocsin', { ...calls, onPush });
