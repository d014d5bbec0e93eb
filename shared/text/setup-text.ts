// What the first run says, with help for each system where an answer is no.
import type { Language } from './language.ts';

type Platform = 'linux' | 'macos' | 'windows';
/** Steps to take, in order. */
export type Help = Readonly<Record<Platform, readonly string[]>>;

const en = {
  title: 'Set up Tocsin',
  step: (n: number, of: number) => `Step ${n} of ${of}`,
  next: 'Continue',
  back: 'Back',
  leave: 'Leave for now',
  finish: 'Finish',
  alertsCame: (n: number) =>
    n === 1 ? 'An alert has arrived meanwhile.' : `${n} alerts have arrived meanwhile.`,
  showAlerts: 'Show alerts',

  welcome: 'Your monitoring calls, Tocsin wakes you',
  welcomeText:
    'It sits in the tray, keeps every webhook of your monitoring on this computer, notifies you by priority, and clears by itself when the sender reports recovery. No account, no cloud.',
  startAtLogin: 'Start Tocsin when I log in',
  startAtLoginWhy:
    'So that a restart of this computer does not make it deaf. It starts in the tray, without a window.',
  keepAwake: 'Keep this computer awake while I am on call',
  keepAwakeWhy:
    'A sleeping computer hears nothing. It holds while you are on call and this computer is on mains.',

  address: 'The address that your monitoring calls',
  addressText: 'Copy it and paste it into your monitoring. It can also be done later, under Sources.',
  addressNone: 'There is no source yet. Add one to get its address.',

  test: 'Try the whole way',
  testText:
    'A critical test alert goes in by the listener, as one of your monitoring would. Look at the corner of your screen, and listen.',
  testSend: 'Send test alert',
  testAgain: 'Send another one',
  stations: 'The way of the test alert',
  station: { received: 'Received', understood: 'Understood', stored: 'Stored', shown: 'Shown' },
  stationState: { waiting: 'waiting', lit: 'done', failed: 'failed' },

  questions: 'Only you can know',
  seen: 'Did you see the notification?',
  heard: 'Did you hear the sound?',
  icon: 'Do you see Tocsin’s icon in the tray?',
  yes: 'Yes',
  no: 'No',
  playAlarm: 'Play the alarm again',
  notificationsFailing: (error: string) => `The desktop refused it and says: ${error}`,
  notificationsNobody: 'Nothing on this desktop shows notifications: no notification service is running.',
  trayMissing: 'This desktop shows no tray icons at the moment: nothing on it offers to draw them.',
  seenHelp: {
    linux: [
      'Look for “Do Not Disturb” in the notification list of your desktop and turn it off, or allow Tocsin through it.',
      'GNOME: Settings, Notifications, Tocsin. KDE: System Settings, Notifications, Application Settings.',
      'Without a desktop environment a notification service such as dunst or mako has to run.',
    ],
    macos: [
      'System Settings, Notifications, Tocsin: allow notifications, style “Alerts”.',
      'System Settings, Focus: add Tocsin to the apps that are allowed while a Focus is on.',
      'An app that is not signed shows nothing at all on macOS: use a released build.',
    ],
    windows: [
      'Settings, System, Notifications: turn notifications on, also for Tocsin.',
      'Turn “Do not disturb” off, or add Tocsin to its priority notifications.',
      'Windows shows notifications of installed apps only: use the installer.',
    ],
  } as Help,
  heardHelp: {
    linux: [
      'Check that the computer is not muted and that the right output is chosen in the sound settings.',
      'The volume mixer lists Tocsin while it plays: its own slider may be down.',
      'In Tocsin: Settings, Notifications, Sounds and Volume.',
    ],
    macos: [
      'Check the volume and the output under System Settings, Sound.',
      'A Focus silences sounds of notifications, not Tocsin’s own.',
      'In Tocsin: Settings, Notifications, Sounds and Volume.',
    ],
    windows: [
      'Open the volume mixer (right click on the loudspeaker): Tocsin has its own slider there.',
      'Check the output device under Settings, System, Sound.',
      'In Tocsin: Settings, Notifications, Sounds and Volume.',
    ],
  } as Help,
  iconHelp: {
    linux: [
      'GNOME shows tray icons only with the extension “AppIndicator and KStatusNotifierItem Support”.',
      'KDE may hide it behind the arrow of the panel: right click there, configure, “Always shown”.',
      'It works without an icon too: starting Tocsin again opens this window, and notifications come all the same.',
    ],
    macos: [
      'A full menu bar hides icons, behind the notch as well: close others or make room.',
      'System Settings, Control Center: the menu bar’s items are chosen there.',
      'Starting Tocsin again opens this window.',
    ],
    windows: [
      'It may be behind the arrow beside the clock: drag it out to keep it in sight.',
      'Settings, Personalization, Taskbar, Other system tray icons: turn Tocsin on.',
      'Starting Tocsin again opens this window.',
    ],
  } as Help,

  done: 'You are on call',
  notReady: 'Not everything reached you',
  unproved: 'Set up, but not proved',
  clearing: 'The test alert is being cleared.',
  cleared: 'The test alert has recovered by itself, and its notification was taken off the screen.',
  notTested: 'No test alert was sent. It can be sent at any time from the tray or under Sources.',
  allWell: 'Seen, heard, and in the tray: Tocsin can reach you.',
  notAllWell: 'Follow the help of the step before, and run this again from Settings.',
  notAnswered: 'Only your three answers can tell whether Tocsin reaches you.',
};

/** All of the first run's sentences in one language. */
export type SetupText = typeof en;

const zh: SetupText = {
  title: '设置 Tocsin',
  step: (n, of) => `第 ${n} 步，共 ${of} 步`,
  next: '继续',
  back: '上一步',
  leave: '暂时离开',
  finish: '完成',
  alertsCame: (n) => `其间收到了 ${n} 条告警。`,
  showAlerts: '查看告警',

  welcome: '监控来电，Tocsin 叫醒您',
  welcomeText:
    '它驻留在托盘里，把监控系统发来的每个 Webhook 保存在本机，按优先级通知您，并在发送方报告恢复后自动清除。无需账号，不用云端。',
  startAtLogin: '登录时启动 Tocsin',
  startAtLoginWhy: '这样电脑重启之后也不会漏听。它在托盘中启动，不打开窗口。',
  keepAwake: '值班时保持电脑唤醒',
  keepAwakeWhy: '睡眠中的电脑什么都听不到。仅在值班并接通电源时有效。',

  address: '供监控系统调用的地址',
  addressText: '复制后粘贴到您的监控系统中。也可以稍后在“来源”页完成。',
  addressNone: '还没有来源。添加一个即可得到地址。',

  test: '把整条路走一遍',
  testText: '一条严重的测试告警会像真正的监控那样从监听端口进入。请留意屏幕角落，并听声音。',
  testSend: '发送测试告警',
  testAgain: '再发送一条',
  stations: '测试告警的路径',
  station: { received: '已收到', understood: '已识别', stored: '已保存', shown: '已显示' },
  stationState: { waiting: '等待中', lit: '完成', failed: '失败' },

  questions: '只有您自己知道',
  seen: '您看到通知了吗？',
  heard: '您听到声音了吗？',
  icon: '您在托盘中看到 Tocsin 的图标了吗？',
  yes: '是',
  no: '否',
  playAlarm: '再播放一次警报',
  notificationsFailing: (error) => `桌面拒绝显示，其说明为：${error}`,
  notificationsNobody: '这个桌面上没有程序显示通知：通知服务没有运行。',
  trayMissing: '这个桌面目前不显示托盘图标：没有程序提供托盘。',
  seenHelp: {
    linux: [
      '在桌面的通知列表中关闭“请勿打扰”，或允许 Tocsin 例外。',
      'GNOME：设置 › 通知 › Tocsin。KDE：系统设置 › 通知 › 应用程序设置。',
      '没有桌面环境时，需要运行 dunst 或 mako 之类的通知服务。',
    ],
    macos: [
      '系统设置 › 通知 › Tocsin：允许通知，样式选“提醒”。',
      '系统设置 › 专注模式：把 Tocsin 加入允许的 App。',
      'macOS 不显示未签名应用的通知：请使用正式发布的版本。',
    ],
    windows: [
      '设置 › 系统 › 通知：打开通知，并允许 Tocsin。',
      '关闭“请勿打扰”，或把 Tocsin 加入优先通知。',
      'Windows 只显示已安装应用的通知：请使用安装程序。',
    ],
  },
  heardHelp: {
    linux: [
      '确认电脑没有静音，并在声音设置中选择了正确的输出设备。',
      '播放时音量合成器中会出现 Tocsin，它的音量可能被调低了。',
      'Tocsin 内：设置 › 通知 › 声音与音量。',
    ],
    macos: [
      '在“系统设置 › 声音”中检查音量和输出设备。',
      '专注模式会静音通知的声音，但不影响 Tocsin 自带的声音。',
      'Tocsin 内：设置 › 通知 › 声音与音量。',
    ],
    windows: [
      '打开音量合成器（右键点击扬声器图标），Tocsin 在那里有单独的音量。',
      '在“设置 › 系统 › 声音”中检查输出设备。',
      'Tocsin 内：设置 › 通知 › 声音与音量。',
    ],
  },
  iconHelp: {
    linux: [
      'GNOME 需要安装扩展“AppIndicator and KStatusNotifierItem Support”才会显示托盘图标。',
      'KDE 可能把它收进了面板的箭头里：在那里点右键，配置为“始终显示”。',
      '没有图标也能工作：再次启动 Tocsin 会打开本窗口，通知照常弹出。',
    ],
    macos: [
      '菜单栏过满时图标会被隐藏，也可能被刘海遮住：请腾出空间。',
      '可在“系统设置 › 控制中心”中选择菜单栏项目。',
      '再次启动 Tocsin 会打开本窗口。',
    ],
    windows: [
      '它可能在时钟旁的箭头里：拖出来即可常驻。',
      '设置 › 个性化 › 任务栏 › 其他系统托盘图标：打开 Tocsin。',
      '再次启动 Tocsin 会打开本窗口。',
    ],
  },

  done: '可以值班了',
  notReady: '有些没有送达',
  unproved: '已设置，但未经验证',
  clearing: '正在清除测试告警。',
  cleared: '测试告警已自动恢复，通知也已撤回。',
  notTested: '没有发送测试告警。可以随时在托盘或“来源”页发送。',
  allWell: '看得到、听得到、托盘里也有：Tocsin 能联系到您。',
  notAllWell: '请按上一步的帮助处理，再从“设置”中重新运行。',
  notAnswered: '只有您的三个回答才能说明 Tocsin 能否联系到您。',
};

export const setupText: Readonly<Record<Language, SetupText>> = { en, 'zh-CN': zh };
