import type { Texts } from '../texts.js';

/** What the launcher says below its ready line. */
export const LAUNCH_TEXTS = {
  signIn: {
    en: 'Sign in as the operator of the starter world (its token works in every call):',
    'zh-CN': '以初始示例的操作员身份登录（该令牌可用于所有调用）：',
  },
  sendTicket: {
    en: 'Send a critical ticket; it pages Bo at once:',
    'zh-CN': '发送一个严重工单，系统会立即呼叫 Bo：',
  },
  watchPhone: { en: 'Watch the sandbox phone, and answer on it:', 'zh-CN': '查看沙盒手机，并在上面应答：' },
  otherExample: {
    en: 'The world «{example}» is loaded when the database is empty; its README has the keys and the first steps.',
    'zh-CN': '数据库为空时会载入示例“{example}”；密钥和使用步骤见其 README。',
  },
  empty: {
    en: 'No world is loaded. Apply your own, with the token in {file} as TOCSIN_TOKEN:',
    'zh-CN': '未载入任何示例。请应用您自己的配置，令牌见 {file}（用作 TOCSIN_TOKEN）：',
  },
  ending: {
    en: 'Ctrl-C stops everything. Data and logs: {home}',
    'zh-CN': '按 Ctrl-C 停止全部进程。数据和日志：{home}',
  },
} as const satisfies Record<string, Texts>;
