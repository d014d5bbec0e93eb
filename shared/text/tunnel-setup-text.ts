// What the window says of the way in: choosing one, proving it, and the hearing bar beside it. Troubles of a tunnel have
// their words in tunnel-text.ts.
import type { ProbeFinding, TunnelStatus } from '../tunnel.ts';
import type { Language } from './language.ts';

/** The choices on the screen; two of them are done by ssh. */
export type Way = 'none' | 'ngrok' | 'ssh' | 'localhost-run' | 'cloudflared' | 'own-address';
/** What is wrong with a field. */
export type FieldProblem =
  | 'missing'
  | 'wrong-host'
  | 'wrong-user'
  | 'wrong-port'
  | 'wrong-address'
  | 'no-host-key';

const en = {
  title: 'Way in',
  question: 'How do your monitors reach this computer?',
  intro:
    'Tocsin listens on this computer only. Monitors elsewhere need a public https address that leads here. Choose how to get one; Tocsin then calls it itself and shows whether the call came back.',
  /** What each is, and whom it suits. */
  ways: {
    none: {
      name: 'Not from outside',
      suits: 'Only programs on this computer call: for trying out, and for senders that run here.',
    },
    ngrok: {
      name: 'ngrok',
      suits: 'Suits most people: a free account, one address that stays, nothing to install.',
    },
    ssh: {
      name: 'SSH to a server of mine',
      suits: 'You have a server with a public address. Nobody else stands between.',
    },
    'localhost-run': {
      name: 'SSH to localhost.run',
      suits: 'No account at all. The address changes at every start: for trying out, not for a shift.',
    },
    cloudflared: {
      name: 'Cloudflare Tunnel',
      suits: 'You have a domain at Cloudflare and its program cloudflared installed.',
    },
    'own-address': {
      name: 'An address of my own',
      suits: 'A reverse proxy, Tailscale Funnel or anything else that you run yourself.',
    },
  } as Readonly<Record<Way, { readonly name: string; readonly suits: string }>>,
  changesAtEveryStart:
    'Its address changes at every start. Tocsin says so loudly each time, and you paste the new one at every sender.',

  domain: 'Domain',
  domainHelp: 'Your free domain of the dashboard, such as name.ngrok-free.app. Empty: ngrok gives one.',
  authtoken: 'Authtoken',
  authtokenHelp: 'From dashboard.ngrok.com, Your Authtoken.',
  getAuthtoken: 'Open the dashboard',
  host: 'Server',
  hostHelp: 'Name or address of the server that you log in to.',
  user: 'User',
  userHelp: 'Empty: the name that you have here.',
  sshPort: 'SSH port',
  identityFile: 'Key file',
  identityFileHelp:
    'A private key without a passphrase, by its full path. Empty: what your ssh agent and the usual files offer.',
  remotePort: 'Port on the server',
  remotePortHelp:
    'The server passes on what comes in there. Let its web server forward https to 127.0.0.1 at this port, or set “GatewayPorts clientspecified” in its sshd_config.',
  sshAddress: 'Public address',
  sshAddressHelp: 'As senders reach it, such as https://alerts.example.com. Empty: http, server and port.',
  hostKey: 'Host key',
  hostKeyHelp:
    'Compare it with the one of your server (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub). Any other key is refused from then on.',
  askHost: 'Ask the server',
  askAgain: 'Ask again',
  asking: 'Asking',
  hostShows: 'The server shows these keys; choose the one that you have compared.',
  noKeys: 'The server shows no key.',
  pinned: 'Pinned',
  cloudflareMode: 'Kind',
  cloudflareModes: { named: 'My domain', quick: 'Quick, without an account' },
  tunnelToken: 'Tunnel token',
  tunnelTokenHelp:
    'Of the tunnel in the Zero Trust dashboard: the long text after --token of the command that it shows.',
  cloudflareAddress: 'Public address',
  cloudflareAddressHelp: (port: number) =>
    `The hostname that you gave the tunnel, with http://localhost:${port} as its service.`,
  ownAddress: 'Public address',
  ownAddressHelp: (port: number) =>
    `Everything under it must be passed on to http://127.0.0.1:${port}, path and body untouched.`,
  notEncrypted:
    'Without https everybody on the way can read the secret in the address and what the senders write.',

  secretKept: {
    none: '',
    keyring: 'One is kept, locked with the keyring of the system.',
    file: 'One is kept in a file that only you can read: this system has no keyring.',
  },
  secretKeep: 'Leave empty to keep it.',
  secretWhere: 'It stays on this computer, apart from the settings, and is never shown again.',

  missing: {
    ssh: 'OpenSSH (the program ssh) is not installed on this computer.',
    cloudflared: 'The program cloudflared is not installed on this computer.',
  },
  install: {
    ssh: 'Debian, Ubuntu: apt install openssh-client. Windows: Settings, System, Optional features, OpenSSH Client. macOS has it.',
    cloudflared:
      'macOS: brew install cloudflared. Windows: winget install Cloudflare.cloudflared. Linux: the package of Cloudflare. Then look again.',
  },
  openDownload: 'Open the download page',
  lookAgain: 'Look again',
  found: (program: string, version: string) => `${program} ${version}`,

  problem: {
    missing: 'This is needed.',
    'wrong-host': 'This is no host name: letters, digits, dots and hyphens only.',
    'wrong-user': 'This is no user name.',
    'wrong-port': 'A port is a whole number from 1 to 65535.',
    'wrong-address': 'This is no address such as https://alerts.example.com.',
    'no-host-key': 'Ask the server and choose its key first.',
  } as Readonly<Record<FieldProblem, string>>,

  use: 'Use this way',
  turnOff: 'Use no way in',
  useAgain: 'Save and start anew',
  inUse: 'in use',

  progress: 'The way to the proof',
  station: { tunnel: 'Tunnel up', address: 'Public address', proof: 'Our own call came back' },
  stationState: { waiting: 'waiting', lit: 'done', failed: 'failed' },
  roundTrip: (ms: number) => `${ms} ms`,
  proven: 'Proven: what is sent to this address arrives here.',
  provenNext: 'The addresses to paste at your senders are under Sources.',
  showSources: 'Show them',
  tryAgain: 'Try again',
  trying: 'Trying',
  nextTry: (when: string) => `Next try at ${when}.`,
  copyAddress: 'Copy address',
  says: (detail: string) => `It says: ${detail}`,

  finding: {
    reached: 'The call came back.',
    'wrong-answer': 'Somebody else answered at this address.',
    timeout: 'No answer came within ten seconds.',
    refused: 'The connection was refused or cut off.',
    'name-unknown': 'The host name of this address is not known.',
    certificate: 'The certificate of this address is not trusted.',
    'no-network': 'This computer has no network.',
    'listener-silent': 'Tocsin does not even answer on this computer.',
  } as Readonly<Record<ProbeFinding, string>>,
  findingRemedy: {
    reached: '',
    'wrong-answer': 'Check that the address is yours and that it leads to the webhook port.',
    timeout: 'Check that the tunnel or proxy passes requests on to the webhook port.',
    refused: 'Check that something listens at this address and passes requests on to the webhook port.',
    'name-unknown': 'Check the spelling; a new name may take some minutes to be known.',
    certificate: 'Renew the certificate, or check the clock of this computer.',
    'no-network': 'Connect to a network.',
    'listener-silent': 'Restart Tocsin.',
  } as Readonly<Record<ProbeFinding, string>>,

  // Settings and Sources
  summary: 'Way in',
  summaryNone: 'Nobody outside can reach this computer: only programs that run here.',
  kind: {
    ngrok: 'ngrok',
    ssh: 'SSH',
    cloudflared: 'Cloudflare Tunnel',
    'own-address': 'An address of my own',
  } as Readonly<Record<TunnelStatus['kind'], string>>,
  notProven: 'not proven',
  summaryState: { starting: 'starting', up: 'up', down: 'down' },
  choose: 'Choose a way in',
  change: 'Change the way in',
  setupStep: 'How your monitors get here',
  setupStepText:
    'It takes a minute and ends with a proof. It can also be done later, under Sources; until then only programs on this computer can call.',

  // Hearing bar
  reachableAt: (host: string) => `Reachable at ${host}`,
  provenAgo: (when: string) => `proven ${when}`,
  lastTryFailed: 'the newest try did not come back',
  localOnly: (address: string) => `Listening on this computer only (${address})`,
  letIn: 'Let monitors reach it',
  tryNow: 'Try now',
  stillNot: 'It did not come back.',
  toSettings: 'Way in',

  // Changed address
  changed: 'The public address has changed',
  changedText:
    'Senders that still call the old one reach nobody. Paste the new one at each of them; the part from /hooks on stays.',
  changedOld: 'Old',
  changedNew: 'New',
  changedUntil: (when: string) => `until ${when}`,
  changedWaits: 'not known yet',
  pasted: 'Pasted everywhere',
};
export type TunnelSetupText = typeof en;

const zh: TunnelSetupText = {
  title: '接入方式',
  question: '监控系统怎样访问这台电脑？',
  intro:
    'Tocsin 只在本机监听。其他地方的监控系统需要一个通向这里的公网 https 地址。请选择获取方式；Tocsin 会自己访问该地址，并显示请求是否回到本机。',
  ways: {
    none: { name: '不对外开放', suits: '只有本机上的程序发送：适合试用，或发送方就在本机。' },
    ngrok: { name: 'ngrok', suits: '适合大多数人：免费账号，地址固定，无需安装。' },
    ssh: { name: '通过 SSH 连接自己的服务器', suits: '您有一台带公网地址的服务器，中间没有第三方。' },
    'localhost-run': {
      name: '通过 SSH 连接 localhost.run',
      suits: '无需账号。每次启动地址都会变化：适合试用，不适合值班。',
    },
    cloudflared: { name: 'Cloudflare 隧道', suits: '您在 Cloudflare 有域名，并已安装 cloudflared 程序。' },
    'own-address': { name: '自己的地址', suits: '反向代理、Tailscale Funnel，或您自己运行的其他方式。' },
  },
  changesAtEveryStart: '每次启动地址都会变化。Tocsin 每次都会醒目提示，您需要在每个发送方更新地址。',

  domain: '域名',
  domainHelp: '控制台中的免费域名，例如 name.ngrok-free.app。留空则由 ngrok 分配。',
  authtoken: 'Authtoken',
  authtokenHelp: '在 dashboard.ngrok.com 的 Your Authtoken 页面。',
  getAuthtoken: '打开控制台',
  host: '服务器',
  hostHelp: '您登录的服务器的名称或地址。',
  user: '用户',
  userHelp: '留空则使用本机的用户名。',
  sshPort: 'SSH 端口',
  identityFile: '密钥文件',
  identityFileHelp: '没有口令的私钥，填写完整路径。留空则使用 ssh agent 和常用位置的密钥。',
  remotePort: '服务器上的端口',
  remotePortHelp:
    '服务器会转发发到该端口的请求。请让它的 Web 服务器把 https 转发到 127.0.0.1 的这个端口，或在 sshd_config 中设置“GatewayPorts clientspecified”。',
  sshAddress: '公网地址',
  sshAddressHelp: '发送方访问的地址，例如 https://alerts.example.com。留空则为 http 加服务器和端口。',
  hostKey: '主机密钥',
  hostKeyHelp:
    '请与服务器上的密钥比对（ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub）。此后其他密钥一律拒绝。',
  askHost: '询问服务器',
  askAgain: '重新询问',
  asking: '正在询问',
  hostShows: '服务器出示了以下密钥，请选择您已比对过的一个。',
  noKeys: '服务器没有出示密钥。',
  pinned: '已固定',
  cloudflareMode: '类型',
  cloudflareModes: { named: '自己的域名', quick: '快速隧道，无需账号' },
  tunnelToken: '隧道令牌',
  tunnelTokenHelp: '在 Zero Trust 控制台的隧道页面：所示命令中 --token 之后的长文本。',
  cloudflareAddress: '公网地址',
  cloudflareAddressHelp: (port) => `您为隧道设置的主机名，其服务为 http://localhost:${port}。`,
  ownAddress: '公网地址',
  ownAddressHelp: (port) => `其下的所有请求都要原样转发到 http://127.0.0.1:${port}。`,
  notEncrypted: '没有 https 时，途中的任何人都能读到地址中的密钥和发送方的内容。',

  secretKept: {
    none: '',
    keyring: '已保存一个，由系统密钥环加密。',
    file: '已保存在只有您可读的文件中：此系统没有密钥环。',
  },
  secretKeep: '留空则保持不变。',
  secretWhere: '它只保存在本机，与设置分开存放，之后不再显示。',

  missing: {
    ssh: '本机没有安装 OpenSSH（ssh 程序）。',
    cloudflared: '本机没有安装 cloudflared 程序。',
  },
  install: {
    ssh: 'Debian、Ubuntu：apt install openssh-client。Windows：设置 › 系统 › 可选功能 › OpenSSH 客户端。macOS 自带。',
    cloudflared:
      'macOS：brew install cloudflared。Windows：winget install Cloudflare.cloudflared。Linux：Cloudflare 的软件包。安装后重新查找。',
  },
  openDownload: '打开下载页面',
  lookAgain: '重新查找',
  found: (program, version) => `${program} ${version}`,

  problem: {
    missing: '此项必填。',
    'wrong-host': '不是有效的主机名：只能包含字母、数字、点和连字符。',
    'wrong-user': '不是有效的用户名。',
    'wrong-port': '端口应为 1 到 65535 之间的整数。',
    'wrong-address': '不是有效的地址，例如 https://alerts.example.com。',
    'no-host-key': '请先询问服务器并选择其密钥。',
  },

  use: '使用此方式',
  turnOff: '不对外开放',
  useAgain: '保存并重新启动',
  inUse: '使用中',

  progress: '验证过程',
  station: { tunnel: '隧道已连通', address: '公网地址', proof: '自己的请求已返回' },
  stationState: { waiting: '等待中', lit: '完成', failed: '失败' },
  roundTrip: (ms) => `${ms} 毫秒`,
  proven: '已验证：发到此地址的请求会到达这里。',
  provenNext: '需要填写到发送方的地址在“来源”中。',
  showSources: '查看',
  tryAgain: '重试',
  trying: '正在重试',
  nextTry: (when) => `下次尝试：${when}。`,
  copyAddress: '复制地址',
  says: (detail) => `其说明为：${detail}`,

  finding: {
    reached: '请求已返回。',
    'wrong-answer': '在此地址上应答的是其他程序。',
    timeout: '十秒内没有应答。',
    refused: '连接被拒绝或中断。',
    'name-unknown': '找不到此地址的主机名。',
    certificate: '此地址的证书不受信任。',
    'no-network': '本机没有网络连接。',
    'listener-silent': 'Tocsin 在本机也没有应答。',
  },
  findingRemedy: {
    reached: '',
    'wrong-answer': '请检查该地址是否属于您，并且通向 Webhook 端口。',
    timeout: '请检查隧道或代理是否把请求转发到 Webhook 端口。',
    refused: '请检查该地址上是否有程序监听，并把请求转发到 Webhook 端口。',
    'name-unknown': '请检查拼写；新的域名可能需要几分钟才能生效。',
    certificate: '请更新证书，或检查本机时钟。',
    'no-network': '请连接网络。',
    'listener-silent': '请重新启动 Tocsin。',
  },

  summary: '接入方式',
  summaryNone: '外部无法访问这台电脑，只有本机上的程序可以发送。',
  kind: { ngrok: 'ngrok', ssh: 'SSH', cloudflared: 'Cloudflare 隧道', 'own-address': '自己的地址' },
  notProven: '未验证',
  summaryState: { starting: '正在启动', up: '已连通', down: '已断开' },
  choose: '选择接入方式',
  change: '更改接入方式',
  setupStep: '监控系统如何到达这里',
  setupStepText:
    '只需一分钟，最后会给出验证结果。也可以以后在“来源”中设置；在此之前，只有本机上的程序可以发送。',

  reachableAt: (host) => `可通过 ${host} 访问`,
  provenAgo: (when) => `${when}验证`,
  lastTryFailed: '最近一次验证未返回',
  localOnly: (address) => `只在本机监听（${address}）`,
  letIn: '让监控系统能够访问',
  tryNow: '立即重试',
  stillNot: '请求没有返回。',
  toSettings: '接入方式',

  changed: '公网地址已变化',
  changedText: '仍使用旧地址的发送方无法到达这里。请在每个发送方填写新地址；从 /hooks 开始的部分不变。',
  changedOld: '旧',
  changedNew: '新',
  changedUntil: (when) => `用至 ${when}`,
  changedWaits: '尚不知道',
  pasted: '已全部更新',
};

export const tunnelSetupText: Readonly<Record<Language, TunnelSetupText>> = { en, 'zh-CN': zh };
