// What the settings screen says: each setting with its effect, and what is not to be had here with its reason.
import type { SoundName, SoundOutcome } from '../sound.ts';
import type { Language } from './language.ts';

const en = {
  groups: {
    listening: 'Listening',
    onCall: 'On call',
    notifications: 'Notifications',
    window: 'Window',
    system: 'System',
  },
  changed: 'Changed',
  /** What a setting does, and its default in words. */
  withUsual: (effect: string, usual: string) => `${effect} Default: ${usual}.`,
  reset: 'Reset',
  resetNamed: (setting: string) => `Reset “${setting}” to its default`,
  on: 'on',
  off: 'off',
  unavailable: 'Not available here',
  seconds: (n: number) => `${n} s`,
  percent: (n: number) => `${n} %`,

  port: 'Webhook port',
  portEffect:
    'Tocsin listens on 127.0.0.1 only. A new port is taken at once; the old one closes, and tunnels and senders need the new address.',
  wayInEffect: 'The public address by which monitors elsewhere reach this computer.',
  portNow: (port: number) => `Listening on ${port} now.`,
  forwardedHeader: 'Sender address',
  forwardedNone: 'Not known',
  forwardedHeaderEffect:
    'The header in which a proxy of your own names the sender; of ngrok and Cloudflare Tocsin knows it. Choose one only if your proxy sets that header itself: anybody can write the others.',
  portWrong: 'A port is a whole number from 0 to 65535; 0 picks a free one.',
  save: 'Save',
  saved: 'Saved.',

  quietHours: 'Quiet hours',
  quietHoursEffect: 'Medium alerts wait in tray and list, and are summed up once when the hours end.',
  from: 'From',
  to: 'To',
  quietHoursUsual: (from: string, to: string) => `off, ${from} to ${to}`,
  critical: 'Critical alerts while quiet',
  criticalEffect: 'Critical alerts are shown and heard also in quiet hours and while “quiet for now” is on.',
  criticalWarning: 'Off: nothing wakes you in quiet hours, whatever burns.',
  reminders: 'Reminders',
  remindersEffect:
    'A critical alert that nobody acknowledges is shown again, twelve times in this rhythm, then hourly.',
  remindersNever: 'Never',
  remindersEvery: (minutes: number) => (minutes === 1 ? 'Every minute' : `Every ${minutes} minutes`),
  sounds: 'Sounds',
  soundsEffect:
    'Critical alerts sound an alarm, medium ones a soft tone. Off: neither Tocsin nor its notifications sound.',
  volume: 'Volume',
  volumeEffect: 'Of Tocsin’s own sounds; 0 is mute. Try how each one sounds.',
  sound: { critical: 'Alarm', medium: 'Soft', deaf: 'Cannot hear' } as Readonly<Record<SoundName, string>>,
  playNamed: (sound: string) => `Play: ${sound}`,
  soundOutcome: {
    played: 'It plays now.',
    muted: 'Sounds are off or the volume is 0.',
    'no-device': 'This computer has nothing to play it on; notifications bring the system’s sound.',
    'no-answer': 'It could not be played; notifications bring the system’s sound.',
  } as Readonly<Record<SoundOutcome, string>>,
  hideDetails: 'Hide details in notifications',
  hideDetailsEffect: 'Notifications say priority and number only. For screens that others see.',

  undo: 'Time to undo',
  undoEffect: 'How long the bar with “Undo” stays after an action.',

  language: 'Language',
  languageEffect: 'Of Tocsin’s own words; what senders write is never translated.',
  languageSystem: 'System',
  theme: 'Theme',
  themeEffect: 'Of this window. The tray icon follows the panel.',
  themeSystem: 'System',
  themeLight: 'Light',
  themeDark: 'Dark',

  startAtLogin: 'Start at login',
  startAtLoginEffect: 'Tocsin starts in the tray, without a window, when you log in.',
  startElsewhere: (program: string) =>
    `Another copy starts at login: ${program}. Turning this on puts this copy in its place.`,
  startNeedsApproval:
    'The system asks for your consent: allow Tocsin under System Settings, General, Login Items.',
  startSandboxed:
    'Start at login: this package is sandboxed and cannot tell your desktop. Add Tocsin in the desktop’s own startup settings.',
  startNotInstalled:
    'Start at login: macOS can start an installed app only, not one that runs from its sources.',
  keepAwake: 'Keep this computer awake',
  keepAwakeEffect:
    'While you are on call and this computer is on mains, it does not go to sleep by itself; the screen may turn off. A closed lid still wins.',
  outsideCheck: 'Outside check',
  outsideCheckEffect:
    'Tocsin calls this https address every minute while you are on call and it hears, and stops when it does not: a check service (Healthchecks, Uptime Kuma and the like) then tells somebody else.',
  outsideCheckNone: 'none',
  outsideCheckWrong: 'This is no https address.',
  shortcut: 'Keys that show the window',
  shortcutEffect:
    'They work wherever you are, and put you on the worst alert: A acknowledges it. With Ctrl, Alt or the like.',
  shortcutNone: 'none',
  shortcutChoose: 'Choose keys',
  shortcutPress: 'Press the keys now, Escape to leave it',
  shortcutRemove: 'Remove',
  setup: 'Set-up and test',
  setupEffect: 'Walks through address and test alert again, and asks whether you saw and heard it.',
  setupOpen: 'Run it again',
  diagnostics: 'Diagnostics',
  diagnosticsEffect:
    'Versions, desktop, hearing, the last 20 deliveries and settings. Secrets, addresses, names and alert texts are left out.',
  diagnosticsCopy: 'Copy diagnostics',
  diagnosticsCopied: 'Copied.',
  diagnosticsShow: 'What was copied',
  version: (version: string) => `Tocsin ${version}`,
};

/** All of the settings screen's sentences in one language. */
export type SettingsText = typeof en;

const zh: SettingsText = {
  groups: {
    listening: '监听',
    onCall: '值班',
    notifications: '通知',
    window: '窗口',
    system: '系统',
  },
  changed: '已更改',
  withUsual: (effect, usual) => `${effect}默认：${usual}。`,
  reset: '还原',
  resetNamed: (setting) => `将“${setting}”还原为默认值`,
  on: '开',
  off: '关',
  unavailable: '此处不可用',
  seconds: (n) => `${n} 秒`,
  percent: (n) => `${n}%`,

  port: 'Webhook 端口',
  portEffect: 'Tocsin 只监听 127.0.0.1。新端口立即生效，旧端口随即关闭；隧道和发送方需要改用新地址。',
  wayInEffect: '其他地方的监控系统访问这台电脑所用的公网地址。',
  portNow: (port) => `当前监听端口：${port}。`,
  forwardedHeader: '发送方地址',
  forwardedNone: '未知',
  forwardedHeaderEffect:
    '您自己的代理用来写明发送方的请求头；ngrok 和 Cloudflare 的由 Tocsin 自动识别。只有代理自己会设置该请求头时才选择，其他请求头任何人都能伪造。',
  portWrong: '端口应为 0 到 65535 之间的整数；0 表示自动选择空闲端口。',
  save: '保存',
  saved: '已保存。',

  quietHours: '免打扰时段',
  quietHoursEffect: '中等告警只出现在托盘和列表中，时段结束时汇总提醒一次。',
  from: '从',
  to: '到',
  quietHoursUsual: (from, to) => `关，${from} 至 ${to}`,
  critical: '免打扰时的严重告警',
  criticalEffect: '在免打扰时段和“暂时安静”期间，严重告警仍会弹出并发声。',
  criticalWarning: '已关闭：免打扰时段内，无论多严重都不会叫醒您。',
  reminders: '重复提醒',
  remindersEffect: '无人确认的严重告警会按此间隔再次提醒十二次，之后每小时一次。',
  remindersNever: '从不',
  remindersEvery: (minutes) => `每 ${minutes} 分钟`,
  sounds: '声音',
  soundsEffect: '严重告警响起警报，中等告警为柔和提示音。关闭后，Tocsin 及其通知都不发声。',
  volume: '音量',
  volumeEffect: 'Tocsin 自带声音的音量，0 为静音。可以逐个试听。',
  sound: { critical: '警报', medium: '柔和', deaf: '收不到告警' },
  playNamed: (sound) => `试听：${sound}`,
  soundOutcome: {
    played: '正在播放。',
    muted: '声音已关闭或音量为 0。',
    'no-device': '这台电脑没有可用的播放设备；通知会使用系统声音。',
    'no-answer': '无法播放；通知会使用系统声音。',
  },
  hideDetails: '通知中隐藏详情',
  hideDetailsEffect: '通知只显示优先级和数量，适合他人看得到的屏幕。',

  undo: '撤销时间',
  undoEffect: '操作之后，带“撤销”的提示条停留多久。',

  language: '语言',
  languageEffect: '仅影响 Tocsin 自己的文字；发送方的内容从不翻译。',
  languageSystem: '跟随系统',
  theme: '主题',
  themeEffect: '仅影响本窗口；托盘图标跟随面板。',
  themeSystem: '跟随系统',
  themeLight: '浅色',
  themeDark: '深色',

  startAtLogin: '登录时启动',
  startAtLoginEffect: '登录后 Tocsin 在托盘中启动，不打开窗口。',
  startElsewhere: (program) => `登录时启动的是另一份程序：${program}。打开此项将改为启动本程序。`,
  startNeedsApproval: '系统需要您的同意：请在“系统设置 › 通用 › 登录项”中允许 Tocsin。',
  startSandboxed: '登录时启动：此安装包运行在沙盒中，无法通知桌面。请在桌面自带的启动设置中添加 Tocsin。',
  startNotInstalled: '登录时启动：macOS 只能启动已安装的应用，不能启动从源码运行的程序。',
  keepAwake: '保持电脑唤醒',
  keepAwakeEffect: '值班并接通电源期间，电脑不会自动睡眠，屏幕仍可关闭。合上盖子时除外。',
  outsideCheck: '外部检查',
  outsideCheckEffect:
    '值班且能收到告警时，Tocsin 每分钟访问此 https 地址，收不到时便停止：检查服务（Healthchecks、Uptime Kuma 等）会因此通知其他人。',
  outsideCheckNone: '无',
  outsideCheckWrong: '不是有效的 https 地址。',
  shortcut: '显示窗口的快捷键',
  shortcutEffect: '在任何程序中都有效，并定位到最严重的告警，按 A 即可确认。须包含 Ctrl、Alt 等修饰键。',
  shortcutNone: '无',
  shortcutChoose: '选择按键',
  shortcutPress: '请按下按键，Esc 取消',
  shortcutRemove: '移除',
  setup: '设置向导与测试',
  setupEffect: '重新查看地址、发送测试告警，并确认您是否看到和听到。',
  setupOpen: '重新运行',
  diagnostics: '诊断信息',
  diagnosticsEffect: '版本、桌面、监听状态、最近 20 个请求和设置。不含密钥、地址、名称和告警内容。',
  diagnosticsCopy: '复制诊断信息',
  diagnosticsCopied: '已复制。',
  diagnosticsShow: '复制的内容',
  version: (version) => `Tocsin ${version}`,
};

export const settingsText: Readonly<Record<Language, SettingsText>> = { en, 'zh-CN': zh };
