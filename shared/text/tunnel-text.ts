// Why a tunnel is not up and what to do about it. What the program or service itself said stands beside it, untranslated.
import type { TunnelTroubleCode } from '../tunnel.ts';
import type { Language } from './language.ts';

export interface TunnelText {
  readonly trouble: Readonly<Record<TunnelTroubleCode, string>>;
  readonly remedy: Readonly<Record<TunnelTroubleCode, string>>;
}

const en: TunnelText = {
  trouble: {
    'program-missing': 'The program for this tunnel is not installed.',
    'secret-missing': 'The token for this tunnel is missing.',
    'secret-unreadable': 'The keyring of this computer does not give out the token.',
    'login-refused': 'The far end does not accept the login.',
    'host-key-changed': 'The server shows another key than the one you confirmed.',
    'host-key-missing': 'The key of the server has not been confirmed yet.',
    'host-unreachable': 'The far end of the tunnel cannot be reached.',
    'port-refused': 'The server does not give us its port.',
    'address-in-use': 'Another agent already uses this address or account.',
    'no-address': 'The tunnel did not come up with a public address.',
    lost: 'The tunnel was up and has broken off.',
    failed: 'The tunnel does not start.',
  },
  remedy: {
    'program-missing':
      'Install ssh (OpenSSH) or cloudflared, or choose another way; Tocsin tries again every ten minutes.',
    'secret-missing': 'Paste the token in Settings.',
    'secret-unreadable': 'Unlock the keyring, or paste the token again in Settings.',
    'login-refused':
      'Check the token, or for ssh the user and the key: it has to work without asking for a password.',
    'host-key-changed':
      'Ask whoever runs the server. If its key was really renewed, confirm the new one in Settings; if not, somebody stands in between.',
    'host-key-missing': 'Fetch the key of the server in Settings, compare its fingerprint and confirm it.',
    'host-unreachable':
      'Check the network, the name of the server, and whether a firewall lets the tunnel out; Tocsin tries again by itself.',
    'port-refused':
      'Something else has that port, often a lost connection of our own that the server still holds: ClientAliveInterval 15 in its sshd_config ends those. Or choose another port.',
    'address-in-use': 'End the other agent, or choose another address; Tocsin tries again by itself.',
    'no-address':
      'Check the plan of the tunnel: a named tunnel needs its public address here. Tocsin tries again by itself.',
    lost: 'Tocsin connects again by itself.',
    failed: 'Read what it says and check the settings of the tunnel; Tocsin tries again by itself.',
  },
};

const zh: TunnelText = {
  trouble: {
    'program-missing': '未安装此隧道所需的程序。',
    'secret-missing': '缺少此隧道的令牌。',
    'secret-unreadable': '本机的密钥环没有给出令牌。',
    'login-refused': '对端拒绝登录。',
    'host-key-changed': '服务器出示的密钥与您确认过的不同。',
    'host-key-missing': '服务器的密钥尚未确认。',
    'host-unreachable': '无法连接隧道的对端。',
    'port-refused': '服务器没有让出该端口。',
    'address-in-use': '此地址或账号已被另一个代理占用。',
    'no-address': '隧道没有给出公网地址。',
    lost: '隧道曾经连通，现已中断。',
    failed: '隧道无法启动。',
  },
  remedy: {
    'program-missing': '请安装 ssh（OpenSSH）或 cloudflared，或选择其他方式；Tocsin 每十分钟重试一次。',
    'secret-missing': '请在设置中粘贴令牌。',
    'secret-unreadable': '请解锁密钥环，或在设置中重新粘贴令牌。',
    'login-refused': '请检查令牌；使用 ssh 时请检查用户和密钥，登录时不得询问密码。',
    'host-key-changed':
      '请询问服务器的管理者。如果密钥确实更换过，请在设置中确认新的密钥；否则可能有人在中间冒充。',
    'host-key-missing': '请在设置中获取服务器的密钥，核对指纹后确认。',
    'host-unreachable': '请检查网络、服务器名称，以及防火墙是否放行；Tocsin 会自动重试。',
    'port-refused':
      '该端口已被占用，常见原因是服务器仍保留着我们断开的旧连接：在 sshd_config 中设置 ClientAliveInterval 15 可将其清除。也可以换一个端口。',
    'address-in-use': '请结束另一个代理，或更换地址；Tocsin 会自动重试。',
    'no-address': '请检查隧道的设置：命名隧道需要在这里填写公网地址。Tocsin 会自动重试。',
    lost: 'Tocsin 会自动重新连接。',
    failed: '请阅读它给出的说明并检查隧道设置；Tocsin 会自动重试。',
  },
};

export const tunnelText: Readonly<Record<Language, TunnelText>> = { en, 'zh-CN': zh };
