// Whether this computer has a network, and when it is another one: by looking at its interfaces, because no system tells
// both. Plain Node.
import type { NetworkInterfaceInfo } from 'node:os';

/** What `os.networkInterfaces` gives: interfaces that are up, with their addresses. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

export interface NetworkWatchParts {
  /** `os.networkInterfaces`; may throw. */
  readonly interfaces: () => Interfaces;
  /** Another network than before, another address, or none any more. */
  readonly onChange: () => void;
}

/**
 * Bridges of this computer to its own containers and virtual machines: they are up without any network, and lead nowhere by
 * themselves. Docker, Podman, Kubernetes, libvirt, LXC, VMware, VirtualBox; those of macOS; WSL and Hyper-V's own.
 */
const inward =
  /^(docker\d+|br-[0-9a-f]{12}|veth.*|podman\d+|cni\d+|virbr\d+(-nic)?|(lxc|lxd|incus)br\d+|(vmnet|vboxnet|vmenet)\d+|bridge1\d\d|vEthernet \((WSL.*|Default Switch)\))$/;

export class NetworkWatch {
  readonly #parts: NetworkWatchParts;
  #addresses: readonly string[] | null;
  /** The newest that the system told. */
  #known: string | null;

  constructor(parts: NetworkWatchParts) {
    this.#parts = parts;
    this.#addresses = this.#look();
    this.#known = this.#addresses?.join() ?? null;
  }

  /** Null: the system does not say. */
  get hasNetwork(): boolean | null {
    return this.#addresses === null ? null : this.#addresses.length > 0;
  }

  /** Call every second or so; costs a tenth of a millisecond. */
  tick(): void {
    this.#addresses = this.#look();
    const before = this.#known;
    // One failed look is no other network.
    this.#known = this.#addresses?.join() ?? before;
    if (before !== null && before !== this.#known) this.#parts.onChange();
  }

  #look(): readonly string[] | null {
    try {
      return outwardAddresses(this.#parts.interfaces());
    } catch {
      return null;
    }
  }
}

/** `eth0 192.0.2.7`, sorted: every address that may lead out of this computer. */
export function outwardAddresses(interfaces: Interfaces): readonly string[] {
  return Object.entries(interfaces)
    .filter(([name]) => !inward.test(name))
    .flatMap(([name, infos = []]) =>
      infos
        .filter(({ internal, address }) => !internal && !isLinkLocal(address))
        .map(({ address }) => `${name} ${address}`),
    )
    .toSorted();
}

/** What a computer gives itself where nobody answers: 169.254.0.0/16 and fe80::/10. */
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab][0-9a-f]:/i.test(address);
}
