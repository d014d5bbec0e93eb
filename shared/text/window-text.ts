// What the window says. Text from senders never passes through here.
import type { EntryKind, ResolvedBy, SourceKind, Verdict } from '../alert.ts';
import type { Place } from '../alert-order.ts';
import type { Priority } from '../priority.ts';
import type { Language } from './language.ts';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const en = {
  // Screens
  alerts: 'Alerts',
  sources: 'Sources',
  settings: 'Settings',
  screens: 'Screens',
  windowTitle: (open: number) => (open === 0 ? 'Tocsin' : `(${open}) Tocsin`),

  // Words for what an alert is
  priority: { critical: 'Critical', medium: 'Medium', low: 'Low' } as Readonly<Record<Priority, string>>,
  place: {
    open: 'Open',
    acknowledged: 'Acknowledged',
    snoozed: 'Snoozed',
    resolved: 'Resolved',
  } as Readonly<Record<Place, string>>,
  sourceKind: {
    cloudmonitor: 'Alibaba CloudMonitor',
    clustercontrol: 'ClusterControl',
    universal: 'Other',
  } as Readonly<Record<SourceKind, string>>,
  noData: 'No data',
  noTitle: 'Alert without a title',
  times: (n: number) => `×${n}`,
  timesSpoken: (n: number) => plural(n, 'occurrence', 'occurrences'),
  valueSpoken: (value: string, condition: string) => `${value}, condition ${condition}`,
  sentenceJoin: ', ',

  // Time
  lessThanAMinute: '<1 min',
  ago: (age: string) => `${age} ago`,
  justNow: 'just now',

  // Filters and list
  search: 'Search alerts',
  clearSearch: 'Clear search',
  filterPlaces: 'Filter by state',
  filterPriorities: 'Filter by priority',
  filterSource: 'Filter by source',
  allSources: 'All sources',
  alertCount: (n: number) => plural(n, 'alert', 'alerts'),
  hidden: (n: number) => `${n} hidden`,
  hiddenByFilter: (n: number) =>
    n === 1 ? '1 alert is hidden by the filter.' : `${n} alerts are hidden by the filter.`,
  showAll: 'Show all',
  newAlerts: (n: number) => `${n} new`,
  showNew: (n: number) => `Show ${plural(n, 'new alert', 'new alerts')}`,
  selected: (n: number) => `${n} selected`,
  clearSelection: 'Clear',
  selectionName: 'What to do with the selection',
  selectRow: 'Select',
  selectAll: (n: number) => `Select all ${n}`,
  onlySome: (action: string, n: number) => `${action} ${n}`,
  acknowledgedFor: (age: string) => `Acknowledged ${age} ago`,
  listName: 'Alerts',
  loading: 'Loading',

  // Actions
  acknowledge: 'Acknowledge',
  unacknowledge: 'Unacknowledge',
  snooze: 'Snooze',
  unsnooze: 'End snooze',
  resolve: 'Resolve',
  note: 'Note',
  copy: 'Copy',
  copyText: 'Copy as text',
  copyMarkdown: 'Copy as Markdown',
  copyJson: 'Copy as JSON',
  copyBody: 'Copy body',
  tooMuchToCopy: 'That is too much to copy at once. Select fewer alerts.',
  copied: 'Copied',
  openLink: (host: string) => `Open link on ${host}`,
  back: 'Back to the list',
  actions: 'Actions',
  undo: 'Undo',
  dismiss: 'Dismiss',
  snoozeFor: 'Snooze for',
  snooze15: '15 minutes',
  snooze60: '1 hour',
  snooze240: '4 hours',
  snoozeNine: 'Until 09:00',
  snoozeRecovery: 'Until recovery (7 days at most)',
  noteLabel: 'Note for the timeline',
  saveNote: 'Save note',
  cancel: 'Cancel',
  didAcknowledge: (n: number) => (n === 1 ? 'Acknowledged.' : `${n} alerts acknowledged.`),
  didUnacknowledge: (n: number) =>
    n === 1 ? 'Acknowledgement taken back.' : `${n} acknowledgements taken back.`,
  didSnooze: (n: number, until: string) =>
    n === 1 ? `Snoozed until ${until}.` : `${n} alerts snoozed until ${until}.`,
  didUnsnooze: (n: number) => (n === 1 ? 'Snooze ended.' : `${n} snoozes ended.`),
  didResolve: (n: number) =>
    n === 1
      ? 'Resolved. It opens again if the source still reports it.'
      : `${n} alerts resolved. They open again if the source still reports them.`,
  didReopen: (n: number, wanted: number) =>
    n === wanted
      ? n === 1
        ? 'It is open again.'
        : `${n} alerts are open again.`
      : n === 0
        ? 'Too late: the minute for this is over, or the source has reported something newer.'
        : `${n} of ${wanted} are open again. For the others it was too late.`,
  didNote: 'Note saved.',
  refused: (reason: string) => `That did not work: ${reason}`,

  // Detail
  detailName: 'Alert',
  nothingChosen: 'Select an alert to see everything about it.',
  resource: 'Resource',
  value: 'Value',
  condition: 'Condition',
  since: 'Since',
  lasted: 'Lasted',
  source: 'Source',
  senderLevel: 'Level at the sender',
  occurrences: 'Occurrences',
  deliveriesCount: 'Deliveries',
  episode: 'Episode',
  lastEvent: 'Last event',
  acknowledgeNote: 'Note',
  links: 'Links',
  facts: 'Facts',
  labels: 'Labels',
  noLabels: 'The sender gave no labels.',
  keyHeading: 'Why these events belong together',
  keyWhy:
    'Events with the same key are one problem. While it is unresolved, each further event updates this alert; after a recovery the next one opens a new episode.',
  keyParts:
    'The key names the kind of sender, the version of the rule that builds it, and what tells problems apart.',
  key: 'Key',
  timeline: 'Timeline',
  deliveries: 'Raw deliveries',
  deliveriesNewest: (n: number) => `The newest ${n} are shown.`,
  noDeliveries: 'No delivery is kept for this alert.',
  bytes: (n: number) => plural(n, 'byte', 'bytes'),
  emptyBody: 'The body was empty.',
  body: 'Body',
  headers: 'Headers',
  byWhom: {
    recovery: 'The source reported recovery.',
    user: 'Resolved by hand.',
    time: 'Closed by time.',
    superseded: 'Replaced by a newer episode.',
  } as Readonly<Record<ResolvedBy, string>>,
  entry: {
    opened: 'Opened',
    repeated: 'Fired again',
    'level-changed': 'Level changed',
    acknowledged: 'Acknowledged',
    unacknowledged: 'Acknowledgement taken back',
    snoozed: 'Snoozed',
    unsnoozed: 'Snooze ended',
    noted: 'Note',
    notified: 'Notified',
    withheld: 'Not notified',
    resolved: 'Resolved',
  } as Readonly<Record<EntryKind, string>>,
  verdict: {
    opened: 'opened an alert',
    repeated: 'fired again',
    'level-changed': 'changed the level',
    resolved: 'resolved an alert',
    acknowledged: 'acknowledged an alert',
    retry: 'same delivery again',
    late: 'too late',
    'orphan-recovery': 'recovery without an alert',
    probe: 'probe',
    test: 'test',
    ignored: 'ignored',
    'not-understood': 'not understood',
    mixed: 'several events',
  } as Readonly<Record<Verdict, string>>,
  untilLast: (when: string) => `last ${when}`,

  // Hearing
  lastDelivery: (when: string) => `last delivery ${when}`,
  noDeliveryYet: 'no delivery yet',
  nothingYet: 'Nothing has arrived yet.',
  starting: 'Starting to listen',
  deaf: 'Tocsin cannot hear',
  notSetUp: 'Nobody can call yet.',
  hearingName: 'Hearing',

  // Empty and broken
  allQuiet: 'All quiet',
  allQuietCannotHear: 'No alert is known',
  allQuietDeaf: 'That does not mean that all is well: deliveries cannot reach Tocsin right now.',
  nothingMatches: 'Nothing matches',
  noneResolved: 'Nothing has been resolved yet',
  unreachableTitle: 'Tocsin does not answer',
  unreachable: 'The window has lost the app behind it. Alerts are still received if the tray icon is there.',
  tryAgain: 'Try again',

  // Sources and first run
  welcome: 'Tocsin turns monitoring webhooks into alerts on this computer',
  welcomeText: 'Add a source to get an address that your monitoring can call. Nothing leaves this machine.',
  addSource: {
    cloudmonitor: 'Add CloudMonitor',
    clustercontrol: 'Add ClusterControl',
    universal: 'Add another sender',
  } as Readonly<Record<SourceKind, string>>,
  addSourceText: {
    cloudmonitor: 'Alibaba Cloud: alert rules, event subscriptions, ARMS and Log Service.',
    clustercontrol: 'Severalnines: the alarms of your database clusters.',
    universal: 'Alertmanager, Grafana, clients of PagerDuty and ilert, or a script of your own.',
  } as Readonly<Record<SourceKind, string>>,
  newSourceName: {
    cloudmonitor: 'CloudMonitor',
    clustercontrol: 'ClusterControl',
    universal: 'Other sender',
  } as Readonly<Record<SourceKind, string>>,
  sourceAdded: {
    cloudmonitor: 'CloudMonitor can call now',
    clustercontrol: 'ClusterControl can call now',
    universal: 'Your sender can call now',
  } as Readonly<Record<SourceKind, string>>,
  sourceWaits: {
    cloudmonitor: 'CloudMonitor cannot call yet',
    clustercontrol: 'ClusterControl cannot call yet',
    universal: 'Your sender cannot call yet',
  } as Readonly<Record<SourceKind, string>>,
  addressLocal: 'Address on this computer',
  addressPublic: 'Public address',
  addressSecret: 'The address contains a secret. Whoever knows it can raise alerts here.',
  showAddress: 'Show',
  hideAddress: 'Hide',
  copyAddress: 'Copy address',
  addressOnly: 'On this computer',
  tryIt: 'Try it in a terminal',
  tryFire: 'Fire',
  tryRecover: 'Recover',
  copyCommand: 'Copy command',
  sendTest: 'Send test alert',
  testSent: (delivery: string) => `Test alert sent and stored as ${delivery}.`,
  nextSteps: {
    cloudmonitor: 'Connect CloudMonitor',
    clustercontrol: 'Connect ClusterControl',
    universal: 'Connect your sender',
  } as Readonly<Record<SourceKind, string>>,
  stepTunnel: (port: number) =>
    `Choose a way in, under Sources or Settings, to get a public address that leads here; this computer listens on port ${port}.`,
  stepTunnelReady: 'Copy the public address above.',
  stepRule: {
    cloudmonitor:
      'In the CloudMonitor console open the alert rule and paste that public address, with the path shown above, as its alert callback (HTTP webhook).',
    clustercontrol:
      'In ClusterControl open Integrations (newer versions: Settings, Notification services), add a webhook and paste that public address, with the path shown above, as its Url.',
    universal:
      'Give your sender that public address, with the path shown above, as its webhook. A PagerDuty client takes the public address alone, and the secret at the end of the path as its routing key.',
  } as Readonly<Record<SourceKind, string>>,
  stepRuleReady: {
    cloudmonitor:
      'In the CloudMonitor console open the alert rule and paste it as its alert callback (HTTP webhook).',
    clustercontrol:
      'In ClusterControl open Integrations (newer versions: Settings, Notification services), add a webhook and paste it as its Url.',
    universal:
      'Give it to your sender as its webhook. A PagerDuty client takes its host alone, and the secret at its end as the routing key.',
  } as Readonly<Record<SourceKind, string>>,
  stepTest: {
    cloudmonitor: 'Use the test button there, or wait for the first callback. It is shown here at once.',
    clustercontrol:
      'Choose clusters and event triggers there, then use the test button. What arrives is shown here at once.',
    universal: 'Let it send something. What arrives is shown here at once.',
  } as Readonly<Record<SourceKind, string>>,
  format: 'Format',
  formatUnpublished: 'The format of this webhook is published nowhere; Tocsin reads every shape we know of.',
  formatUnconfirmed: 'Unconfirmed until the first real delivery.',
  formatConfirmed: (when: string) => `Confirmed: real deliveries have been understood since ${when}.`,
  formatUnknown: (n: number, when: string) =>
    n === 1
      ? `A delivery was not understood, ${when}. It may hold an alarm: please copy it, look at it and report it.`
      : `${n} deliveries were not understood, the newest ${when}. They may hold alarms: please copy the newest, look at it and report it.`,
  copyReport: 'Copy last delivery for a report',
  copyUnknown: 'Copy the one not understood',
  reportHelp:
    'Secrets, addresses and names of hosts and people are replaced in the copy. Read it before you pass it on.',
  sourceCounts: (deliveries: number, open: number) =>
    `${plural(deliveries, 'delivery', 'deliveries')}, ${plural(open, 'unresolved alert', 'unresolved alerts')}`,
  notUnderstood: (n: number) => `${n} not understood`,
  probeSeen: (when: string) => `probe seen ${when}`,
  paused: 'Paused',
  noSources: 'No source yet',
  noSourcesText: 'A source is one sender with its own secret address.',

  // Keys
  keys: 'Keyboard',
  close: 'Close',
  keyMove: 'Move',
  keyOpen: 'Open the detail',
  keyAcknowledge: 'Acknowledge',
  keyAcknowledgeSelected: 'Acknowledge selected',
  keySnooze: 'Snooze (all selected)',
  keyResolve: 'Resolve (all selected)',
  keyNote: 'Add a note',
  keyCopy: 'Copy as text',
  keyOpenLink: 'Open the first link',
  keySelect: 'Select',
  keyExtend: 'Extend the selection',
  keySelectAll: 'Select all shown',
  keySearch: 'Search',
  keyPriorities: 'Only critical, medium, low',
  keyUndo: 'Undo the last action',
  keyHelp: 'This sheet',
  keyBack: 'Back, then hide the window',

  // Spoken to screen readers
  newAlert: (priority: string, title: string, resource: string) =>
    `${priority}: ${title}${resource === '' ? '' : `, ${resource}`}`,
  severalNew: (n: number, priority: string) => `${n} alerts, ${priority}`,
};

const zh: typeof en = {
  alerts: '告警',
  sources: '来源',
  settings: '设置',
  screens: '页面',
  windowTitle: (open) => (open === 0 ? 'Tocsin' : `(${open}) Tocsin`),

  priority: { critical: '严重', medium: '中等', low: '低' },
  place: { open: '未处理', acknowledged: '已确认', snoozed: '已暂缓', resolved: '已恢复' },
  sourceKind: { cloudmonitor: '阿里云云监控', clustercontrol: 'ClusterControl', universal: '其他' },
  noData: '无数据',
  noTitle: '无标题告警',
  times: (n) => `×${n}`,
  timesSpoken: (n) => `发生 ${n} 次`,
  valueSpoken: (value, condition) => `${value}，条件 ${condition}`,
  sentenceJoin: '，',

  lessThanAMinute: '不到 1 分钟',
  ago: (age) => `${age}前`,
  justNow: '刚刚',

  search: '搜索告警',
  clearSearch: '清除搜索',
  filterPlaces: '按状态筛选',
  filterPriorities: '按优先级筛选',
  filterSource: '按来源筛选',
  allSources: '全部来源',
  alertCount: (n) => `${n} 条告警`,
  hidden: (n) => `已隐藏 ${n} 条`,
  hiddenByFilter: (n) => `有 ${n} 条告警被筛选条件隐藏。`,
  showAll: '全部显示',
  newAlerts: (n) => `${n} 条新告警`,
  showNew: (n) => `显示 ${n} 条新告警`,
  selected: (n) => `已选 ${n} 条`,
  clearSelection: '取消选择',
  selectionName: '对所选告警的操作',
  selectRow: '选择',
  selectAll: (n) => `全选 ${n} 条`,
  onlySome: (action, n) => `${action} ${n} 条`,
  acknowledgedFor: (age) => `${age}前确认`,
  listName: '告警列表',
  loading: '正在加载',

  acknowledge: '确认',
  unacknowledge: '撤销确认',
  snooze: '暂缓',
  unsnooze: '结束暂缓',
  resolve: '关闭',
  note: '备注',
  copy: '复制',
  copyText: '复制为文本',
  copyMarkdown: '复制为 Markdown',
  copyJson: '复制为 JSON',
  copyBody: '复制请求体',
  tooMuchToCopy: '内容过多，无法一次复制，请少选几条告警。',
  copied: '已复制',
  openLink: (host) => `打开 ${host} 上的链接`,
  back: '返回列表',
  actions: '操作',
  undo: '撤销',
  dismiss: '关闭提示',
  snoozeFor: '暂缓多久',
  snooze15: '15 分钟',
  snooze60: '1 小时',
  snooze240: '4 小时',
  snoozeNine: '到 09:00',
  snoozeRecovery: '直到恢复（最长 7 天）',
  noteLabel: '写入时间线的备注',
  saveNote: '保存备注',
  cancel: '取消',
  didAcknowledge: (n) => (n === 1 ? '已确认。' : `已确认 ${n} 条告警。`),
  didUnacknowledge: (n) => (n === 1 ? '已撤销确认。' : `已撤销 ${n} 条确认。`),
  didSnooze: (n, until) => (n === 1 ? `已暂缓至 ${until}。` : `${n} 条告警已暂缓至 ${until}。`),
  didUnsnooze: (n) => (n === 1 ? '已结束暂缓。' : `已结束 ${n} 条暂缓。`),
  didResolve: (n) =>
    n === 1 ? '已关闭。如果来源仍在上报，会重新打开。' : `已关闭 ${n} 条告警。如果来源仍在上报，会重新打开。`,
  didReopen: (n, wanted) =>
    n === wanted
      ? n === 1
        ? '已重新打开。'
        : `已重新打开 ${n} 条告警。`
      : n === 0
        ? '已无法撤销：超过一分钟，或来源已上报更新的情况。'
        : `已重新打开 ${wanted} 条中的 ${n} 条，其余已无法撤销。`,
  didNote: '备注已保存。',
  refused: (reason) => `操作未成功：${reason}`,

  detailName: '告警详情',
  nothingChosen: '选择一条告警以查看全部信息。',
  resource: '资源',
  value: '当前值',
  condition: '条件',
  since: '开始时间',
  lasted: '持续时间',
  source: '来源',
  senderLevel: '发送方级别',
  occurrences: '发生次数',
  deliveriesCount: '收到请求数',
  episode: '第几次出现',
  lastEvent: '最近事件',
  acknowledgeNote: '备注',
  links: '链接',
  facts: '基本信息',
  labels: '标签',
  noLabels: '发送方未附带标签。',
  keyHeading: '为什么这些事件属于同一告警',
  keyWhy:
    '键相同的事件视为同一个问题。问题未恢复时，后续事件只更新本告警；恢复之后再次触发，则作为新的一次出现另开告警。',
  keyParts: '键由发送方类型、键规则的版本以及用来区分问题的字段组成。',
  key: '键',
  timeline: '时间线',
  deliveries: '原始请求',
  deliveriesNewest: (n) => `仅显示最新的 ${n} 个。`,
  noDeliveries: '没有保留与此告警相关的请求。',
  bytes: (n) => `${n} 字节`,
  emptyBody: '请求体为空。',
  body: '请求体',
  headers: '请求头',
  byWhom: {
    recovery: '来源已上报恢复。',
    user: '手动关闭。',
    time: '超时自动关闭。',
    superseded: '已被新的一次出现取代。',
  },
  entry: {
    opened: '触发',
    repeated: '再次触发',
    'level-changed': '级别变化',
    acknowledged: '已确认',
    unacknowledged: '撤销确认',
    snoozed: '暂缓',
    unsnoozed: '结束暂缓',
    noted: '备注',
    notified: '已通知',
    withheld: '未通知',
    resolved: '已恢复',
  },
  verdict: {
    opened: '触发了告警',
    repeated: '再次触发',
    'level-changed': '级别变化',
    resolved: '恢复了告警',
    acknowledged: '确认了告警',
    retry: '重复投递',
    late: '迟到',
    'orphan-recovery': '没有对应告警的恢复',
    probe: '探测',
    test: '测试',
    ignored: '已忽略',
    'not-understood': '无法识别',
    mixed: '多个事件',
  },
  untilLast: (when) => `最近 ${when}`,

  lastDelivery: (when) => `最近一次请求：${when}`,
  noDeliveryYet: '尚未收到请求',
  nothingYet: '尚未收到任何请求。',
  starting: '正在开始监听',
  deaf: 'Tocsin 现在收不到告警',
  notSetUp: '还没有可用的来源。',
  hearingName: '监听状态',

  allQuiet: '一切平静',
  allQuietCannotHear: '目前没有已知告警',
  allQuietDeaf: '这并不代表一切正常：现在请求无法送达 Tocsin。',
  nothingMatches: '没有符合条件的告警',
  noneResolved: '还没有已恢复的告警',
  unreachableTitle: 'Tocsin 没有响应',
  unreachable: '窗口与后台程序失去了联系。只要托盘图标还在，告警仍会照常接收。',
  tryAgain: '重试',

  welcome: 'Tocsin 在本机把监控 Webhook 变成告警',
  welcomeText: '添加一个来源，即可得到一个供监控系统调用的地址。数据不会离开这台电脑。',
  addSource: {
    cloudmonitor: '添加云监控',
    clustercontrol: '添加 ClusterControl',
    universal: '添加其他发送方',
  },
  addSourceText: {
    cloudmonitor: '阿里云：报警规则、事件订阅、ARMS 和日志服务。',
    clustercontrol: 'Severalnines：数据库集群的告警。',
    universal: 'Alertmanager、Grafana、PagerDuty 和 ilert 的客户端，或自己的脚本。',
  },
  newSourceName: { cloudmonitor: '云监控', clustercontrol: 'ClusterControl', universal: '其他发送方' },
  sourceAdded: {
    cloudmonitor: '云监控现在可以发送告警了',
    clustercontrol: 'ClusterControl 现在可以发送告警了',
    universal: '发送方现在可以发送告警了',
  },
  sourceWaits: {
    cloudmonitor: '云监控暂时还不能发送告警',
    clustercontrol: 'ClusterControl 暂时还不能发送告警',
    universal: '发送方暂时还不能发送告警',
  },
  addressLocal: '本机地址',
  addressPublic: '公网地址',
  addressSecret: '地址中含有密钥，知道它的人都可以向这里发送告警。',
  showAddress: '显示',
  hideAddress: '隐藏',
  copyAddress: '复制地址',
  addressOnly: '在本机上',
  tryIt: '在终端里试一试',
  tryFire: '触发',
  tryRecover: '恢复',
  copyCommand: '复制命令',
  sendTest: '发送测试告警',
  testSent: (delivery) => `测试告警已发送，并保存为 ${delivery}。`,
  nextSteps: {
    cloudmonitor: '接入云监控',
    clustercontrol: '接入 ClusterControl',
    universal: '接入发送方',
  },
  stepTunnel: (port) => `在“来源”或“设置”中选择接入方式，获得通向这里的公网地址；本机监听端口为 ${port}。`,
  stepTunnelReady: '复制上面的公网地址。',
  stepRule: {
    cloudmonitor:
      '在云监控控制台打开报警规则，把该公网地址加上上面显示的路径，填入“报警回调”（HTTP WebHook）。',
    clustercontrol:
      '在 ClusterControl 中打开 Integrations（新版本为 Settings 下的 Notification services），添加 Webhook，把该公网地址加上上面显示的路径填入 Url。',
    universal:
      '把该公网地址加上上面显示的路径，作为 Webhook 地址填入发送方。PagerDuty 客户端只需公网地址，并以路径末尾的密钥作为 routing key。',
  },
  stepRuleReady: {
    cloudmonitor: '在云监控控制台打开报警规则，把它填入“报警回调”（HTTP WebHook）。',
    clustercontrol:
      '在 ClusterControl 中打开 Integrations（新版本为 Settings 下的 Notification services），添加 Webhook，把它填入 Url。',
    universal:
      '把它作为 Webhook 地址填入发送方。PagerDuty 客户端只需其中的主机名，并以末尾的密钥作为 routing key。',
  },
  stepTest: {
    cloudmonitor: '点击控制台里的测试按钮，或等待第一次回调，这里会立即显示。',
    clustercontrol: '在那里选择集群和触发事件，再点击测试按钮，收到的内容会立即显示在这里。',
    universal: '让它发送一条消息，收到的内容会立即显示在这里。',
  },
  format: '格式',
  formatUnpublished: '此 Webhook 的格式没有任何公开说明；Tocsin 可读取我们已知的所有形式。',
  formatUnconfirmed: '在收到第一个真实请求之前，格式尚未得到确认。',
  formatConfirmed: (when) => `已确认：自 ${when} 起能够识别真实请求。`,
  formatUnknown: (n, when) =>
    n === 1
      ? `有一个请求无法识别（${when}），其中可能含有告警：请复制、查看并反馈。`
      : `有 ${n} 个请求无法识别（最近一个：${when}），其中可能含有告警：请复制最近一个，查看并反馈。`,
  copyReport: '复制最近一次请求用于反馈',
  copyUnknown: '复制无法识别的请求',
  reportHelp: '副本中的密钥、地址、主机名和人名已被替换。转发前请先阅读。',
  sourceCounts: (deliveries, open) => `收到 ${deliveries} 个请求，${open} 条未恢复的告警`,
  notUnderstood: (n) => `${n} 个无法识别`,
  probeSeen: (when) => `${when}收到探测`,
  paused: '已暂停',
  noSources: '还没有来源',
  noSourcesText: '每个来源对应一个发送方，拥有自己的密钥地址。',

  keys: '键盘操作',
  close: '关闭',
  keyMove: '移动',
  keyOpen: '打开详情',
  keyAcknowledge: '确认',
  keyAcknowledgeSelected: '确认所选',
  keySnooze: '暂缓（含所选）',
  keyResolve: '关闭告警（含所选）',
  keyNote: '添加备注',
  keyCopy: '复制为文本',
  keyOpenLink: '打开第一个链接',
  keySelect: '选择',
  keyExtend: '扩展选择',
  keySelectAll: '全选当前列表',
  keySearch: '搜索',
  keyPriorities: '只看严重、中、低',
  keyUndo: '撤销上一步操作',
  keyHelp: '显示本表',
  keyBack: '返回，再按则隐藏窗口',

  newAlert: (priority, title, resource) => `${priority}：${title}${resource === '' ? '' : `，${resource}`}`,
  severalNew: (n, priority) => `${n} 条${priority}告警`,
};

/** All of the window's sentences in one language. */
export type WindowText = typeof en;

export const windowText: Readonly<Record<Language, WindowText>> = { en, 'zh-CN': zh };
