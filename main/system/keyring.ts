import { safeStorage } from 'electron';

/**
 * Encrypts with a key that the system keeps for this user: Keychain, DPAPI, Secret Service or KWallet. `ready` is Electron's,
 * before which it knows of none. `seal` resolves to null where there is no such key: Chromium's fall-back on Linux,
 * `basic_text`, is a password that everybody knows.
 */
export function createKeyring(ready: Promise<unknown>) {
  return {
    seal: async (text: string): Promise<Uint8Array | null> => {
      await ready;
      if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
        return null;
      if (!hasAsync()) return safeStorage.isEncryptionAvailable() ? safeStorage.encryptString(text) : null;
      return (await safeStorage.isAsyncEncryptionAvailable()) ? safeStorage.encryptStringAsync(text) : null;
    },
    /** Rejects when the key is not given out. */
    open: async (sealed: Uint8Array): Promise<string> => {
      await ready;
      const bytes = Buffer.from(sealed);
      return hasAsync()
        ? (await safeStorage.decryptStringAsync(bytes)).result
        : safeStorage.decryptString(bytes);
    },
  };
}

/**
 * A locked keyring asks the person first; the calls that do not wait would stand still until then, and the listener with
 * them. Older Electrons (33, the stand-in) have no others.
 */
function hasAsync(): boolean {
  return 'decryptStringAsync' in safeStorage;
}
