// What the Coverage screen says: when we could hear, when we could not, and the text for whoever takes over. The causes of
// gaps have their words in coverage-text.ts.
import type { Language } from './language.ts';

/** What kept us from hearing, in four kinds, so that a strip of 30 days can be read. */
export type GapFamily = 'computer' | 'way-in' | 'app' | 'choice';

const en = {
  title: 'Coverage',
  loading: 'Reading the ledger',
  cannotShow: 'The ledger cannot be read',

  covered: (percent: string, span: string) => `Covered ${percent} of ${span}`,
  lastDays: (n: number) => `the last ${n} days`,
  sinceMoment: (when: string) => `the time since ${when}`,
  noGap: 'Not a moment was missed.',
  missed: (length: string, stretches: number, counted: string) =>
    `Not listening for ${length} in ${stretches === 1 ? 'one stretch' : `${counted} stretches`}.`,
  deafNow: (length: string) => `Not listening right now, for ${length}`,
  begins: 'The ledger begins with the first source',
  beginsText:
    'From then on every stretch in which Tocsin could not hear is written down here with its cause: sleep, tunnel, network, crash, quit.',
  justBegan: 'The ledger has just begun',
  justBeganText:
    'Every stretch in which Tocsin cannot hear will be written down here with its cause: sleep, tunnel, network, crash, quit.',

  today: 'Today',
  days: 'Day by day',
  day: 'Day',
  strip: 'When',
  coveredShort: 'Covered',
  nothingKnown: 'not known',
  noGapOnDay: 'no gap',
  spokenGap: (from: string, to: string, cause: string) => `${from} to ${to}: ${cause}`,
  upToNow: 'now',
  gapJoin: '; ',
  legend: 'What the strip shows',
  legendCovered: 'Listening',
  legendUnknown: 'Not known',
  family: {
    computer: 'Computer asleep or off',
    'way-in': 'Tunnel or network',
    app: 'Tocsin itself',
    choice: 'Switched off by a person',
  } as Readonly<Record<GapFamily, string>>,

  gaps: 'Gaps, newest first',
  noGaps: 'There is none in this time.',
  fromTo: (from: string, to: string) => `${from} – ${to}`,
  lasting: (from: string) => `since ${from}`,
  later: (at: string, cause: string) => `then, ${at}: ${cause}`,
  andMore: (n: string) => `and ${n} more`,
  showMore: (n: string) => `Show ${n} more`,
  whoCalled: 'Who may have called in vain',

  lastHeard: 'Last heard',
  neverHeard: 'nothing yet',
  noSources: 'There is no source yet.',

  handOver: 'Hand-over',
  handOverText:
    'What the next one on call must know: open alerts, acknowledged ones with their age, snoozes that return, and when nobody was listening.',
  handOverShow: 'Show the text',
  handOverHide: 'Hide the text',
  handOverOf: (from: string, to: string) => `From ${from} to ${to}`,
  handOverReady: 'Your shift is over. Here is what the next one must know.',
  copyMarkdown: 'Copy as Markdown',
};
export type CoverageScreenText = typeof en;

const zh: CoverageScreenText = {
  title: '覆盖',
  loading: '正在读取记录',
  cannotShow: '无法读取记录',

  covered: (percent, span) => `${span}的覆盖率为 ${percent}`,
  lastDays: (n) => `最近 ${n} 天`,
  sinceMoment: (when) => `自 ${when} 以来`,
  noGap: '没有任何中断。',
  missed: (length, _stretches, counted) => `共 ${counted} 段、${length}收不到告警。`,
  deafNow: (length) => `此刻收不到告警，已持续${length}`,
  begins: '添加第一个来源后开始记录',
  beginsText: '此后每一段收不到告警的时间都会连同原因记在这里：睡眠、隧道、网络、崩溃、退出。',
  justBegan: '记录刚刚开始',
  justBeganText: '每一段收不到告警的时间都会连同原因记在这里：睡眠、隧道、网络、崩溃、退出。',

  today: '今天',
  days: '逐日情况',
  day: '日期',
  strip: '时间',
  coveredShort: '覆盖率',
  nothingKnown: '未知',
  noGapOnDay: '没有中断',
  spokenGap: (from, to, cause) => `${from} 至 ${to}：${cause}`,
  upToNow: '现在',
  gapJoin: '；',
  legend: '图例',
  legendCovered: '正在监听',
  legendUnknown: '未知',
  family: {
    computer: '电脑睡眠或关机',
    'way-in': '隧道或网络',
    app: 'Tocsin 自身',
    choice: '人为关闭',
  },

  gaps: '中断记录（最新在前）',
  noGaps: '这段时间没有中断。',
  fromTo: (from, to) => `${from} – ${to}`,
  lasting: (from) => `自 ${from} 起`,
  later: (at, cause) => `随后 ${at}：${cause}`,
  andMore: (n) => `另有 ${n} 段`,
  showMore: (n) => `再显示 ${n} 段`,
  whoCalled: '哪些来源可能发送过',

  lastHeard: '最近一次收到',
  neverHeard: '尚未收到',
  noSources: '尚未添加来源。',

  handOver: '交接',
  handOverText:
    '下一位值班人员需要知道的：未处理的告警、已确认的告警及时长、即将到期的暂缓，以及无人监听的时段。',
  handOverShow: '显示内容',
  handOverHide: '隐藏内容',
  handOverOf: (from, to) => `${from} 至 ${to}`,
  handOverReady: '您的值班已结束，以下内容请交给下一位。',
  copyMarkdown: '复制为 Markdown',
};

export const coverageScreenText: Readonly<Record<Language, CoverageScreenText>> = { en, 'zh-CN': zh };
