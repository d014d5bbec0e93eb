// Why a change of a rule was refused and what to do instead. The code beside the sentence is stable for programs.
import type { Language } from './language.ts';

/** Why a delivery cannot be read again. */
export type ParseAgainObstacle = 'unknown-delivery' | 'unknown-source' | 'body-removed' | 'address-refused';

/** Why a source can be sent no test alert. */
export type TestObstacle = 'source-paused' | 'not-listening' | 'address-refused' | 'not-reachable';

const en = {
  tooManyWords: (most: number) => `A priority map holds at most ${most} level words.`,
  emptyWord: 'A level word of the priority map is empty.',
  wordTwice: (word: string) => `The level word ${word} stands twice in the priority map.`,
  notAnAddress: (entry: string) =>
    `"${entry}" is neither an IP address nor a range such as 192.0.2.0/24 or 2001:db8::/32.`,
  emptyWall:
    'A wall with nobody on its list would keep everybody out. Add the addresses of the sender first.',
  wallWithoutHeader:
    'This wall would keep everybody out: your tunnel does not tell Tocsin who calls. Choose the header in which it names the sender in Settings, or add 127.0.0.1 to the list.',
  headerOfWall: (source: string) =>
    `Without this header the wall of ${source} would keep everybody out. Make it a hint first, or add 127.0.0.1 to its list.`,
  shortcut: 'The system does not give these keys; another program may have them. Nothing was changed.',
  notWritten: 'The store cannot be written right now; nothing was changed.',
  secretsNotWritten: 'The file with the secrets cannot be written right now; nothing was changed.',
  offNotWritten:
    'You are off call, but the store cannot be written right now: after a restart of Tocsin you would be on call once more.',
  test: {
    'source-paused': 'The source is paused; resume it first.',
    'not-listening':
      'Tocsin is not listening. Another program may have its port and would be handed the secret of the source.',
    'address-refused':
      'The wall of this source keeps this computer out; add 127.0.0.1 to its list to send test alerts.',
    'not-reachable':
      'The public address is not proven to lead here right now, so nothing is sent there: it would hold the secret of the source.',
  } as Readonly<Record<TestObstacle, string>>,
  parseAgain: {
    'unknown-delivery': 'There is no such delivery.',
    'unknown-source':
      'The source of this delivery was removed, and with it the rules by which it would be read.',
    'body-removed': 'The body of this delivery is not there any more, so there is nothing to read.',
    'address-refused': 'The wall of its source refused this delivery; it is kept, but never listened to.',
  } as Readonly<Record<ParseAgainObstacle, string>>,
};
export type RefusalText = typeof en;

export const refusalText: Readonly<Record<Language, RefusalText>> = {
  en,
  'zh-CN': {
    tooManyWords: (most) => `优先级映射最多包含 ${most} 个级别名称。`,
    emptyWord: '优先级映射中有空的级别名称。',
    wordTwice: (word) => `级别名称 ${word} 在优先级映射中出现了两次。`,
    notAnAddress: (entry) => `“${entry}”既不是 IP 地址，也不是 192.0.2.0/24 或 2001:db8::/32 这样的网段。`,
    emptyWall: '名单为空的白名单会拒绝所有发送方，请先添加发送方的地址。',
    wallWithoutHeader:
      '该白名单会拒绝所有发送方：隧道没有告诉 Tocsin 是谁在发送。请先在设置中选择隧道用来写明发送方的请求头，或将 127.0.0.1 加入名单。',
    headerOfWall: (source) =>
      `没有该请求头，来源“${source}”的白名单会拒绝所有发送方。请先将其改为提示，或将 127.0.0.1 加入其名单。`,
    shortcut: '系统不允许使用这组按键，可能已被其他程序占用。未做更改。',
    notWritten: '目前无法写入存储。未做更改。',
    secretsNotWritten: '目前无法写入存放密钥的文件。未做更改。',
    offNotWritten: '值班已结束，但目前无法写入存储：如果 Tocsin 此后重启，您会再次处于值班状态。',
    test: {
      'source-paused': '该来源已暂停，请先恢复。',
      'not-listening': 'Tocsin 未在监听，端口可能被其他程序占用，来源的密钥会落入该程序。',
      'address-refused': '该来源的白名单会拒绝本机；要发送测试告警，请将 127.0.0.1 加入名单。',
      'not-reachable': '公网地址目前未验证可达本机，因此不会向其发送任何内容，以免泄露来源的密钥。',
    },
    parseAgain: {
      'unknown-delivery': '没有这个请求。',
      'unknown-source': '该请求的来源已移除，读取它的规则也随之移除。',
      'body-removed': '该请求的内容已不存在，无法重新读取。',
      'address-refused': '来源的白名单拒绝了该请求；请求已保留，但不会处理。',
    },
  },
};
