// Sentences about state that more than one surface shows: hearing and its causes.
import type { HearingCauseCode } from '../hearing.ts';
import type { Language } from './language.ts';

export interface StatusText {
  readonly cause: Readonly<Record<HearingCauseCode, string>>;
  /** What to do about a cause. */
  readonly remedy: Readonly<Record<HearingCauseCode, string>>;
  /** Toasts do not reach the screen; `error` is the desktop's own sentence. */
  readonly notificationsFail: (error: string) => string;
  readonly notificationsFailRemedy: string;
}

const en: StatusText = {
  cause: {
    'listener-starting': 'The webhook listener is starting.',
    'listener-down': 'The webhook listener has stopped.',
    'port-taken': 'Another program uses the webhook port.',
    'store-not-writable': 'Deliveries cannot be written to disk.',
    'store-damaged': 'The store was damaged again soon after it had been replaced.',
    'never-set-up': 'No source is set up yet, so nobody can call.',
    'all-sources-paused': 'Every source is paused, so nothing opens an alert.',
    'tunnel-starting': 'The tunnel is starting.',
    'tunnel-down': 'The tunnel is down, so nobody outside can reach this computer.',
    'not-proven': 'The public address has not been proven yet.',
    unreachable: 'Tocsin answers on this computer, but its public address cannot be reached.',
    'wrong-answer': 'The public address answers, but not with Tocsin.',
    'no-network': 'This computer has no network.',
  },
  remedy: {
    'listener-starting': 'Wait a moment.',
    'listener-down': 'Restart Tocsin.',
    'port-taken': 'Quit the other program or choose another port in Settings; Tocsin tries again by itself.',
    'store-not-writable': 'Free some disk space or check the permissions of the data folder.',
    'store-damaged': 'Check the disk under the data folder; Tocsin tries again after ten minutes.',
    'never-set-up': 'Add a source.',
    'all-sources-paused': 'Resume a source.',
    'tunnel-starting': 'Wait a moment.',
    'tunnel-down': 'Tocsin tries again by itself; Settings say what the tunnel complains of.',
    'not-proven': 'Wait a moment: Tocsin calls its own public address.',
    unreachable: 'Check that the tunnel or proxy forwards to the webhook port; Tocsin tries again by itself.',
    'wrong-answer':
      'Check that the proxy or tunnel there reaches the webhook port of this computer, and that the public address in Settings is yours.',
    'no-network': 'Connect to a network; Tocsin notices by itself.',
  },
  notificationsFail: (error) => `The desktop does not show our notifications. It says: ${error}`,
  notificationsFailRemedy:
    'Keep this list in sight, and allow notifications of Tocsin in the settings of the system or start its notification service.',
};

const zh: StatusText = {
  cause: {
    'listener-starting': 'Webhook 监听正在启动。',
    'listener-down': 'Webhook 监听已停止。',
    'port-taken': 'Webhook 端口被其他程序占用。',
    'store-not-writable': '无法将收到的请求写入磁盘。',
    'store-damaged': '数据库更换后不久再次损坏。',
    'never-set-up': '尚未添加任何来源，没有谁会发送告警。',
    'all-sources-paused': '所有来源都已暂停，不会产生告警。',
    'tunnel-starting': '隧道正在启动。',
    'tunnel-down': '隧道已断开，外部无法访问本机。',
    'not-proven': '公网地址尚未经过验证。',
    unreachable: 'Tocsin 在本机有响应，但公网地址无法访问。',
    'wrong-answer': '公网地址有应答，但不是 Tocsin。',
    'no-network': '本机没有网络连接。',
  },
  remedy: {
    'listener-starting': '请稍候。',
    'listener-down': '请重新启动 Tocsin。',
    'port-taken': '请退出占用端口的程序，或在设置中更换端口；Tocsin 会自动重试。',
    'store-not-writable': '请释放磁盘空间，或检查数据文件夹的权限。',
    'store-damaged': '请检查数据文件夹所在的磁盘；十分钟后 Tocsin 会再次尝试。',
    'never-set-up': '请添加来源。',
    'all-sources-paused': '请恢复一个来源。',
    'tunnel-starting': '请稍候。',
    'tunnel-down': 'Tocsin 会自动重试；设置中会显示隧道给出的原因。',
    'not-proven': '请稍候，Tocsin 正在访问自己的公网地址。',
    unreachable: '请检查隧道或代理是否转发到 Webhook 端口；Tocsin 会自动重试。',
    'wrong-answer': '请检查该处的代理或隧道能否访问本机的 Webhook 端口，以及设置中的公网地址是否属于您。',
    'no-network': '请连接网络，Tocsin 会自动发现。',
  },
  notificationsFail: (error) => `桌面没有显示通知，其说明为：${error}`,
  notificationsFailRemedy: '请留意本列表，并在系统设置中允许 Tocsin 的通知，或启动通知服务。',
};

export const statusText: Readonly<Record<Language, StatusText>> = { en, 'zh-CN': zh };
