// The way from an address to the first alert, for every sender: where to click there, what to paste, and what to do when
// nothing comes. Names of menus are those that the senders' consoles print (reference/vendor).
import type { Language } from './language.ts';

/** Senders that the universal source understands, in the order of the choice. */
export const universalSenders = ['alertmanager', 'grafana', 'pagerduty', 'script'] as const;
export type UniversalSender = (typeof universalSenders)[number];

/** A guide has one chapter per place where something is to be done. */
export type Guide = 'cloudmonitor' | 'clustercontrol' | UniversalSender;

export interface Chapter {
  readonly title: string;
  readonly steps: readonly string[];
}

export interface Advice {
  readonly what: string;
  readonly why: string;
}

export interface Trouble {
  readonly sign: string;
  readonly checks: readonly string[];
}

const en = {
  newSource: 'New source',
  newSourceText: 'A source is one sender with its own secret address.',
  kind: 'Who will call?',
  name: 'Name',
  team: 'Team (if you like)',
  create: 'Create the address',
  cancel: 'Cancel',
  back: 'Back to the sources',
  guideOf: (name: string) => `Set up ${name}`,
  address: 'The address to paste',
  addressLocal:
    'It is an address of this computer. A sender elsewhere needs your tunnel in place of http://127.0.0.1 and the port; the path stays.',
  which: 'What sends?',
  senders: {
    alertmanager: 'Alertmanager',
    grafana: 'Grafana',
    pagerduty: 'PagerDuty client',
    script: 'Script',
  } as Readonly<Record<UniversalSender, string>>,
  toPaste: 'To paste',
  copySnippet: 'Copy',
  advice: 'Worth setting',
  progress: 'What has arrived',
  waiting: 'waiting',
  marks: {
    probe: 'The address was checked (GET)',
    test: 'A test arrived',
    real: 'A real event arrived',
    recovery: 'A recovery arrived',
  },
  allSet: 'This source works: a real event and its recovery have arrived.',
  notUnderstood: 'Something arrived that was not understood.',
  look: 'Look at it',
  trouble: 'If it does not work',

  chapters: {
    cloudmonitor: [
      {
        title: '1. A contact that holds the address',
        steps: [
          'In the CloudMonitor console open Alerts, then Alert Contacts, and there the tab Alert Contacts.',
          'Choose Create Alert Contact. Give it a name, the region nearest to you, and English as language.',
          'Paste the address into the Webhook field (also called Slack Webhook), and press OK. The mark at the bottom turns green once the address has answered.',
        ],
      },
      {
        title: '2. A group, because rules know groups only',
        steps: [
          'Open the tab Alert Contact Group and choose Create Alert Contact Group.',
          'Name it, move the contact over to the selected ones, and confirm.',
        ],
      },
      {
        title: '3. The rule, with the address a second time',
        steps: [
          'Open Alert Rules and choose Create Alert Rule, or Modify on one that exists.',
          'Choose the product and its resources. Under Rule Description add the metric, the threshold and the level.',
          'As Alert Contact Group choose the group of step 2.',
          'Unfold Advanced Settings and paste the same address into Alert Callback. Tocsin makes one alert of what comes both ways.',
          'Confirm. The rule shows Normal in green when it is being evaluated.',
        ],
      },
      {
        title: '4. Try it',
        steps: ['Use Test beside Alert Callback, or the rule’s More menu. What arrives is ticked off below.'],
      },
    ],
    clustercontrol: [
      {
        title: '1. The integration',
        steps: [
          'In ClusterControl open Integrations (newer versions: Settings, Notification services) and add a service.',
          'Choose Webhook. Give it a name and paste the address into Url. There is no field for a secret: it is in the address.',
          'Press Test. Older versions warn that this makes a real incident; here it closes by itself.',
        ],
      },
      {
        title: '2. Clusters',
        steps: ['Choose All Clusters, or those you are on call for.'],
      },
      {
        title: '3. Event triggers',
        steps: [
          'Choose All Events. That means every alarm, warning and critical; jobs are not among them.',
          'Save. Alarms that were active before are never announced: only the next ones come.',
        ],
      },
    ],
    alertmanager: [
      {
        title: '1. A receiver',
        steps: [
          'Add this receiver to alertmanager.yml and let a route lead to it.',
          'Reload Alertmanager (SIGHUP, or POST /-/reload). Every alert of a group becomes an alert of its own here.',
        ],
      },
    ],
    grafana: [
      {
        title: '1. A contact point',
        steps: [
          'In Grafana open Alerting, Contact points, and add one.',
          'Choose Webhook as integration, paste the address as URL, and leave the method at POST.',
          'Leave "Disable resolved message" off, save, and press Test.',
        ],
      },
      {
        title: '2. A policy',
        steps: [
          'Under Notification policies let the default policy, or one of your own, use the contact point.',
        ],
      },
    ],
    pagerduty: [
      {
        title: '1. Another host for the same client',
        steps: [
          'Where your client or tool takes the address of the Events API v2, put the one below.',
          'As routing key (also called integration key) put the one below. It is the secret of this source.',
          'trigger opens, acknowledge acknowledges, resolve clears; equal dedup_key means the same alert.',
        ],
      },
    ],
    script: [
      {
        title: '1. Two requests',
        steps: [
          'Send up to five fields, as a form, as JSON, or in the query of a GET: status, title, key, severity, text.',
          'key says what is the same problem; without it the title does. A resolved with the same key clears it.',
        ],
      },
    ],
  } as Readonly<Record<Guide, readonly Chapter[]>>,

  advices: {
    cloudmonitor: [
      {
        what: 'Mute Period: between 5 and 60 minutes.',
        why: 'The default is 24 hours: if one message gets lost, the next comes a day later. Repeats are silent here.',
      },
      {
        what: 'Leave the notification of recovery on.',
        why: 'Only alertState=OK clears an alert here; nothing closes by silence.',
      },
      {
        what: 'Add all levels: Critical, Warn and Info.',
        why: 'Tocsin decides by level what may disturb you. What the rule does not send cannot even be listed.',
      },
      {
        what: 'Effective period: all day.',
        why: 'Outside of it CloudMonitor sends no recovery either, and the alert stays open.',
      },
    ],
    clustercontrol: [
      {
        what: 'Leave warnings in.',
        why: 'A rise from warning to critical may come without a message of its own; with CHANGED off nothing tells.',
      },
      {
        what: 'Let it reach a plain address or one with a valid certificate.',
        why: 'The form cannot be told to trust a certificate of your own.',
      },
    ],
    alertmanager: [
      {
        what: 'send_resolved: true.',
        why: 'Without it nothing here is ever cleared.',
      },
      {
        what: 'A label severity on every rule.',
        why: 'It decides the priority here; without it an alert is medium.',
      },
    ],
    grafana: [
      {
        what: 'A label severity on every rule.',
        why: 'Grafana itself has no level; without the label an alert is medium.',
      },
    ],
    pagerduty: [
      {
        what: 'A dedup_key on every event.',
        why: 'Without one each trigger is an alert of its own, and resolve finds none.',
      },
    ],
    script: [
      {
        what: 'Send the recovery too.',
        why: 'Nothing closes by silence, unless the rules of the source say so.',
      },
    ],
  } as Readonly<Record<Guide, readonly Advice[]>>,

  troubles: [
    {
      sign: 'The sender does not accept the address (the mark does not turn green)',
      checks: [
        'The address must be reachable from the internet, over https for CloudMonitor: let a tunnel lead to this computer and paste the public address.',
        'Open the address in a browser outside of your network: it answers with a short text. The check is ticked off above.',
      ],
    },
    {
      sign: 'The sender says it was sent, but nothing appears',
      checks: [
        'Compare the address there with the one above, to the last character: a wrong secret is answered with 404 and is not kept.',
        'Look at the deliveries of this source: what is not understood stands there with its reason and its raw body.',
        'Is the source paused, or is there a wall of addresses in its rules?',
      ],
    },
    {
      sign: 'The test button reports something other than 200',
      checks: [
        'Before the first POST CloudMonitor asks with GET. Tocsin answers both: a proxy or tunnel in between may let only one of them through, or show a page of its own first.',
        '404 means another path or secret, 413 a body over 1 MiB, 502 to 504 that the tunnel does not find Tocsin, 503 that the store cannot write: the bar above says so.',
      ],
    },
    {
      sign: 'It fires and never clears',
      checks: [
        'The recovery has to be sent. In CloudMonitor look at the effective period and for a very long Mute Period, in Alertmanager at send_resolved, in Grafana at "Disable resolved message".',
        'A rule that was deleted, disabled or changed while it fired sends no recovery: resolve its alert by hand.',
        'A recovery that belongs to no alert stands among the deliveries as such; its key tells what it was about.',
      ],
    },
  ] as readonly Trouble[],
};
export type SetupGuideText = typeof en;

export const setupGuideText: Readonly<Record<Language, SetupGuideText>> = {
  en,
  'zh-CN': {
    newSource: '新建来源',
    newSourceText: '每个来源对应一个发送方，拥有自己的密钥地址。',
    kind: '由谁发送？',
    name: '名称',
    team: '团队（可选）',
    create: '生成地址',
    cancel: '取消',
    back: '返回来源',
    guideOf: (name) => `接入 ${name}`,
    address: '需要粘贴的地址',
    addressLocal:
      '这是本机地址。外部的发送方需要把 http://127.0.0.1 和端口换成隧道的公网地址，路径保持不变。',
    which: '发送方是什么？',
    senders: {
      alertmanager: 'Alertmanager',
      grafana: 'Grafana',
      pagerduty: 'PagerDuty 客户端',
      script: '脚本',
    },
    toPaste: '粘贴内容',
    copySnippet: '复制',
    advice: '建议设置',
    progress: '接收情况',
    waiting: '等待中',
    marks: {
      probe: '地址已被检查（GET）',
      test: '收到测试消息',
      real: '收到真实事件',
      recovery: '收到恢复通知',
    },
    allSet: '该来源工作正常：已收到真实事件及其恢复通知。',
    notUnderstood: '收到无法识别的内容。',
    look: '查看',
    trouble: '如果没有成功',

    chapters: {
      cloudmonitor: [
        {
          title: '1. 建立保存地址的报警联系人',
          steps: [
            '在云监控控制台依次打开“报警服务”“报警联系人”，选择“报警联系人”页签。',
            '点击“创建联系人”，填写姓名，并选择通知语言。',
            '把地址粘贴到 Webhook 一栏（国际站也叫 Slack Webhook），点击“确定”。地址响应后，页面底部的标志会变绿。',
          ],
        },
        {
          title: '2. 建立联系人组，规则只能选择组',
          steps: ['切换到“报警联系组”页签，点击“创建联系组”。', '填写组名，把联系人移到已选一侧，然后确认。'],
        },
        {
          title: '3. 在规则中再次填写地址',
          steps: [
            '打开“报警规则”，点击“创建报警规则”，或修改已有规则。',
            '选择产品和资源范围，在“规则描述”中添加指标、阈值和级别。',
            '“报警联系人组”选择第 2 步建立的组。',
            '展开“高级设置”，把同一地址粘贴到“报警回调”。两条途径收到的内容在 Tocsin 中是同一条告警。',
            '点击“确定”。规则状态显示为绿色“正常”即已生效。',
          ],
        },
        {
          title: '4. 测试',
          steps: ['点击“报警回调”旁的“测试”，或使用规则的“更多”菜单。收到后下方会打勾。'],
        },
      ],
      clustercontrol: [
        {
          title: '1. 添加集成',
          steps: [
            '在 ClusterControl 中打开 Integrations（新版本为 Settings 下的 Notification services），添加服务。',
            '选择 Webhook，填写名称，把地址粘贴到 Url。没有填写密钥的地方：密钥就在地址中。',
            '点击 Test。旧版本会提示将产生真实事件；在这里它会自行关闭。',
          ],
        },
        { title: '2. 选择集群', steps: ['选择 All Clusters，或您负责值班的集群。'] },
        {
          title: '3. 选择触发事件',
          steps: [
            '选择 All Events，即全部告警（warning 和 critical），不包括任务。',
            '保存。此前已存在的告警不会补发，只会收到之后的告警。',
          ],
        },
      ],
      alertmanager: [
        {
          title: '1. 添加接收器',
          steps: [
            '把下面的接收器加入 alertmanager.yml，并让路由指向它。',
            '重新加载 Alertmanager（SIGHUP 或 POST /-/reload）。组内的每条告警在这里各成一条。',
          ],
        },
      ],
      grafana: [
        {
          title: '1. 添加联络点',
          steps: [
            '在 Grafana 中打开 Alerting、Contact points，新建一个。',
            '类型选择 Webhook，把地址粘贴到 URL，方法保持 POST。',
            '不要开启“Disable resolved message”，保存后点击 Test。',
          ],
        },
        { title: '2. 设置策略', steps: ['在 Notification policies 中让默认策略或自定义策略使用该联络点。'] },
      ],
      pagerduty: [
        {
          title: '1. 同一客户端，换一个主机',
          steps: [
            '把客户端或工具中 Events API v2 的地址改为下面的地址。',
            'routing key（也叫 integration key）填写下面的值，即该来源的密钥。',
            'trigger 触发，acknowledge 确认，resolve 恢复；dedup_key 相同即为同一告警。',
          ],
        },
      ],
      script: [
        {
          title: '1. 两个请求',
          steps: [
            '最多发送五个字段：status、title、key、severity、text，可用表单、JSON 或 GET 的查询参数。',
            'key 决定哪些是同一个问题，没有 key 时以 title 为准。相同 key 的 resolved 会恢复该告警。',
          ],
        },
      ],
    },

    advices: {
      cloudmonitor: [
        {
          what: '通道沉默周期：5 到 60 分钟。',
          why: '默认为 24 小时：丢失一条消息，下一条要等一天。重复上报在这里不会提醒。',
        },
        { what: '保持恢复通知开启。', why: '只有 alertState=OK 才能恢复告警；沉默不会关闭任何告警。' },
        {
          what: '添加全部级别：Critical、Warn、Info。',
          why: 'Tocsin 按级别决定是否打扰您；规则没有发送的内容，连列表都看不到。',
        },
        { what: '生效时间：全天。', why: '在生效时间之外，云监控也不会发送恢复通知，告警会一直未恢复。' },
      ],
      clustercontrol: [
        {
          what: '保留 warning。',
          why: '从 warning 升为 critical 时可能没有单独的消息，关闭 CHANGED 时更无从得知。',
        },
        { what: '使用普通地址或证书有效的地址。', why: '表单中无法指定信任自签名证书。' },
      ],
      alertmanager: [
        { what: 'send_resolved: true。', why: '否则这里的告警永远不会恢复。' },
        { what: '为每条规则设置 severity 标签。', why: '它决定优先级；没有该标签的告警为“中等”。' },
      ],
      grafana: [
        { what: '为每条规则设置 severity 标签。', why: 'Grafana 本身没有级别；没有该标签的告警为“中等”。' },
      ],
      pagerduty: [
        { what: '每个事件都带上 dedup_key。', why: '否则每次 trigger 都是新告警，resolve 也找不到它。' },
      ],
      script: [{ what: '同时发送恢复消息。', why: '沉默不会关闭告警，除非来源的规则这样设置。' }],
    },

    troubles: [
      {
        sign: '发送方不接受该地址（标志没有变绿）',
        checks: [
          '地址必须能从公网访问，云监控要求 https：用隧道转发到本机，并粘贴公网地址。',
          '在外部网络的浏览器中打开该地址，会返回一段简短的文字，上方的检查项也会打勾。',
        ],
      },
      {
        sign: '发送方显示已发送，这里却什么都没有',
        checks: [
          '逐字比较两边的地址：密钥错误会返回 404，且不会保留。',
          '查看该来源的请求：无法识别的内容会连同原因和原文列在那里。',
          '来源是否已暂停？规则中是否设置了地址白名单？',
        ],
      },
      {
        sign: '测试按钮返回的不是 200',
        checks: [
          '首次 POST 之前，云监控会先用 GET 检查。Tocsin 对两者都会响应；中间的代理或隧道可能只放行其中一种，或先显示自己的页面。',
          '404 表示路径或密钥不对，413 表示内容超过 1 MiB，502 至 504 表示隧道找不到 Tocsin，503 表示存储无法写入（上方状态栏会说明）。',
        ],
      },
      {
        sign: '触发之后一直不恢复',
        checks: [
          '恢复通知必须由发送方发出。云监控请检查生效时间和过长的通道沉默周期，Alertmanager 检查 send_resolved，Grafana 检查“Disable resolved message”。',
          '告警期间删除、禁用或修改的规则不会发送恢复通知：请手动关闭告警。',
          '找不到对应告警的恢复通知会列在请求中，它的键说明与什么有关。',
        ],
      },
    ],
  },
};
