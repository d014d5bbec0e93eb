// What the Sources screen says about a source's rules, its secret and its removal. Setting it up is in setup-guide-text.ts.
import type { Language } from './language.ts';

const en = {
  addSource: 'Add source',
  rules: 'Rules',
  rulesText: 'They apply from the next delivery on.',
  setUp: 'Set-up guide',
  showDeliveries: 'Show deliveries',
  showNotUnderstood: 'Show them',
  pause: 'Pause',
  resume: 'Resume',
  pauseHelp: 'A paused source raises nothing; recoveries are still heard and every delivery is kept.',
  save: 'Save rules',
  discard: 'Discard changes',
  saved: 'Saved.',

  name: 'Name',
  team: 'Team',
  teamHelp: 'A label of yours, nothing more.',

  priorities: 'Priority by level',
  prioritiesText:
    "The sender's level word on the left decides how much an alert disturbs. Words that are not listed are medium.",
  word: 'Level word',
  byDefault: (priority: string) => `default: ${priority}`,
  notByDefault: 'not in the default',
  newWord: 'New level word',
  addWord: 'Add word',
  removeWord: (word: string) => `Remove ${word}`,
  priorityOfWord: (word: string) => `Priority of ${word}`,
  restore: 'Restore the default',

  preview: 'What this would have made of the last deliveries',
  previewChanged: (n: number, of: number) =>
    n === 0
      ? `The same as now, for all ${of} levels of its last 20 deliveries.`
      : `${n} of ${of} levels of its last 20 deliveries would have another priority.`,
  previewNone: 'None of its last 20 deliveries fired, so there is nothing to compare yet.',
  noLevel: 'no level word',
  ignored: 'ignored',

  noData: 'When data is missing',
  noDataChoice: {
    open: 'Raise an alert (medium)',
    list: 'List it only (low)',
    ignore: 'Ignore it',
  },
  noDataHelp: 'CloudMonitor says so when a rule gets no values. The default raises an alert.',
  close: 'Close by itself',
  closeNever: 'Never (default)',
  closeAfter: (duration: string) => `After ${duration} without a word`,
  closeHelp: 'Silence is no recovery: an alert that is closed by time may still be true. It is marked so.',

  expect: 'Expect something every',
  expectNever: 'Nothing expected (default)',
  expectEvery: (duration: string) => duration,
  expectHelp:
    'When nothing arrives for longer, an alert opens; the next delivery closes it. Time in which Tocsin could not hear does not count.',

  addresses: 'Expected sender addresses',
  addressesHelp:
    'One address or range per line, such as 192.0.2.7 or 192.0.2.0/24. Tocsin knows callers only by the header that is chosen in Settings.',
  addressMode: 'Deliveries from elsewhere',
  addressChoice: { hint: 'Are marked (default)', wall: 'Are kept, but not listened to' },

  secret: 'Secret address',
  rotate: 'Make a new address',
  rotateText: 'The address of now keeps working for 24 hours, so that senders can be changed one by one.',
  rotateAgain: 'Another new address ends the old one at once.',
  oldWorks: (until: string) => `The old address works until ${until}.`,
  oldUsed: (by: string, when: string) => `Still used: ${by}, ${when}.`,
  oldUsedBySomebody: 'somebody',
  oldUnused: 'Nobody has used it since.',

  remove: 'Remove source',
  removing: (name: string) => `${name} will be removed in a moment.`,
  removingText: (open: number) =>
    open === 0
      ? 'Its address stops working. Its alerts and deliveries stay readable.'
      : `Its address stops working and its unresolved alerts (${open}) are resolved, since nobody could report their recovery. All stay readable.`,
  keep: 'Keep it',
};
export type SourcesText = typeof en;

export const sourcesText: Readonly<Record<Language, SourcesText>> = {
  en,
  'zh-CN': {
    addSource: '添加来源',
    rules: '规则',
    rulesText: '从下一个请求起生效。',
    setUp: '接入指南',
    showDeliveries: '查看请求',
    showNotUnderstood: '查看',
    pause: '暂停',
    resume: '恢复接收',
    pauseHelp: '暂停的来源不会触发告警；恢复通知仍会处理，所有请求都会保留。',
    save: '保存规则',
    discard: '放弃修改',
    saved: '已保存。',

    name: '名称',
    team: '团队',
    teamHelp: '仅作为标签使用。',

    priorities: '级别与优先级',
    prioritiesText: '左侧是发送方的级别名称，它决定告警的提醒程度。未列出的级别按“中等”处理。',
    word: '级别名称',
    byDefault: (priority) => `默认：${priority}`,
    notByDefault: '默认中没有',
    newWord: '新的级别名称',
    addWord: '添加',
    removeWord: (word) => `移除 ${word}`,
    priorityOfWord: (word) => `${word} 的优先级`,
    restore: '恢复默认',

    preview: '对最近请求的影响',
    previewChanged: (n, of) =>
      n === 0
        ? `最近 20 个请求中的 ${of} 个级别与现在相同。`
        : `最近 20 个请求中的 ${of} 个级别里，有 ${n} 个的优先级会不同。`,
    previewNone: '最近 20 个请求都没有触发告警，暂时无法比较。',
    noLevel: '没有级别名称',
    ignored: '忽略',

    noData: '无数据时',
    noDataChoice: { open: '触发告警（中等）', list: '仅列出（低）', ignore: '忽略' },
    noDataHelp: '报警规则收不到数据时，云监控会发送此状态。默认触发告警。',
    close: '自动关闭',
    closeNever: '从不（默认）',
    closeAfter: (duration) => `${duration}没有消息后`,
    closeHelp: '沉默不等于恢复：按时间关闭的告警可能仍然存在，并会注明。',

    expect: '预期收到消息的间隔',
    expectNever: '不作预期（默认）',
    expectEvery: (duration) => `每 ${duration}`,
    expectHelp:
      '超过此间隔没有收到消息时触发告警，下一个请求到达后自动恢复。Tocsin 收不到告警的时间不计算在内。',

    addresses: '预期的发送方地址',
    addressesHelp:
      '每行一个地址或网段，例如 192.0.2.7 或 192.0.2.0/24。Tocsin 只能通过设置中选定的请求头得知发送方。',
    addressMode: '来自其他地址的请求',
    addressChoice: { hint: '加以标注（默认）', wall: '保留但不处理' },

    secret: '密钥地址',
    rotate: '更换地址',
    rotateText: '当前地址在 24 小时内仍然有效，便于逐个修改发送方。',
    rotateAgain: '再次更换会使旧地址立即失效。',
    oldWorks: (until) => `旧地址在 ${until} 之前有效。`,
    oldUsed: (by, when) => `仍在使用：${by}，${when}。`,
    oldUsedBySomebody: '未知发送方',
    oldUnused: '更换后尚无人使用旧地址。',

    remove: '移除来源',
    removing: (name) => `即将移除“${name}”。`,
    removingText: (open) =>
      open === 0
        ? '其地址将失效，告警和请求仍可查看。'
        : `其地址将失效，${open} 条未恢复的告警会被关闭，因为之后无人能报告恢复。所有内容仍可查看。`,
    keep: '保留',
  },
};
