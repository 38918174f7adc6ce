import type { Texts } from '../texts.js';
import { CASE_COMMAND_TEXTS } from './cli-cases.js';
import { MONITOR_COMMAND_TEXTS } from './cli-monitor.js';
import { SHIFT_COMMAND_TEXTS } from './cli-shifts.js';
import { WEBHOOK_COMMAND_TEXTS } from './outgoing-webhooks.js';

/** What the `tocsin` command says. */
export const CLI_TEXTS = {
  ...SHIFT_COMMAND_TEXTS,
  ...MONITOR_COMMAND_TEXTS,
  ...WEBHOOK_COMMAND_TEXTS,
  about: { en: 'Tocsin from the command line', 'zh-CN': 'Tocsin 命令行' },
  exits: {
    en: 'Exit codes: 0 done · 1 refused by the server, or warnings with lint --strict · 2 wrong usage · 3 errors (config faults, failing config tests, server unreachable or failing)',
    'zh-CN':
      '退出码：0 完成 · 1 被服务器拒绝，或 lint --strict 有警告 · 2 用法错误 · 3 出错（配置有误、配置测试失败、服务器不可达或故障）',
  },
  optOutput: { en: 'how to print: table, json or yaml', 'zh-CN': '输出格式：table、json 或 yaml' },
  optUrl: {
    en: 'base URL of the server (else TOCSIN_URL, else http://127.0.0.1:8080)',
    'zh-CN': '服务器地址（否则取 TOCSIN_URL，再否则 http://127.0.0.1:8080）',
  },
  optToken: {
    en: 'API token (else TOCSIN_TOKEN; on loopback the one of the starter world)',
    'zh-CN': 'API 令牌（否则取 TOCSIN_TOKEN；本机默认使用示例世界的令牌）',
  },
  event: { en: 'send and look up events', 'zh-CN': '发送与查询事件' },
  eventSend: { en: 'send one event to a generic source', 'zh-CN': '向通用来源发送一个事件' },
  eventShow: { en: 'show what became of an event', 'zh-CN': '查看事件的处理结果' },
  optSource: { en: 'name of the source', 'zh-CN': '来源名称' },
  optKey: {
    en: 'key of the source (else TOCSIN_SOURCE_KEY; on loopback the one of the starter world)',
    'zh-CN': '来源密钥（否则取 TOCSIN_SOURCE_KEY；本机默认使用示例世界的密钥）',
  },
  optFile: {
    en: 'send this JSON file as it is («-» reads standard input)',
    'zh-CN': '原样发送该 JSON 文件（「-」读取标准输入）',
  },
  optSeverity: { en: 'severity in the words of the source', 'zh-CN': '来源使用的严重程度' },
  completion: {
    en: 'print the completion of a shell: eval "$(tocsin completion bash)"',
    'zh-CN': '输出命令行补全脚本：eval "$(tocsin completion bash)"',
  },
  argShell: { en: 'the shell that reads it', 'zh-CN': '读取它的 shell' },
  optSubject: { en: 'what it is about', 'zh-CN': '主题' },
  optTicketKey: {
    en: 'key of the ticket; the same key is the same case (default: a new one)',
    'zh-CN': '工单标识；相同标识属于同一案例（默认新建）',
  },
  optEventId: {
    en: 'id of the event; the same id takes effect once (default: a new one)',
    'zh-CN': '事件编号；相同编号只生效一次（默认新建）',
  },
  optType: { en: 'type of the event', 'zh-CN': '事件类型' },
  optCategory: { en: 'category of the taxonomy', 'zh-CN': '分类' },
  optMarket: { en: 'market, such as SG', 'zh-CN': '市场，例如 SG' },
  ...CASE_COMMAND_TEXTS,
  oncall: { en: 'who is on call', 'zh-CN': '谁在值班' },
  oncallNow: { en: 'who is on call now, per schedule', 'zh-CN': '各排班当前的值班人' },
  oncallAt: {
    en: 'who is on call at an instant (ISO 8601), per schedule',
    'zh-CN': '各排班在某时刻（ISO 8601）的值班人',
  },
  optRole: { en: 'primary, secondary or shadow', 'zh-CN': 'primary、secondary 或 shadow' },
  optAsOf: {
    en: 'as it was known at this instant (ISO 8601)',
    'zh-CN': '按该时刻（ISO 8601）所知的情况',
  },
  optAt: { en: 'at this instant (ISO 8601) instead of now', 'zh-CN': '查询该时刻（ISO 8601）而非当前' },
  optSchedule: { en: 'only this schedule', 'zh-CN': '只看该排班' },
  cover: { en: 'cover of turns: ask, accept, decline', 'zh-CN': '代班：请求、接受、拒绝' },
  coverAsk: {
    en: 'ask for cover of a stretch of your turn, or of another person’s as an operator',
    'zh-CN': '请求他人代自己的一段班；操作员可代他人请求',
  },
  coverList: { en: 'requests for cover', 'zh-CN': '代班请求' },
  coverShow: { en: 'one request with its history', 'zh-CN': '查看一个请求及其经过' },
  coverAccept: { en: 'cover it; the first to accept has it', 'zh-CN': '接受代班；先接受者优先' },
  coverDecline: { en: 'do not cover it', 'zh-CN': '拒绝代班' },
  coverCancel: { en: 'take a request back', 'zh-CN': '撤回请求' },
  coverNotices: { en: 'what people were told about shifts', 'zh-CN': '已发出的班次通知' },
  leave: { en: 'leave of people', 'zh-CN': '人员休假' },
  leaveImport: {
    en: 'take leave from a calendar (.ics) or CSV; - reads standard input. The file is the whole calendar: what it has no longer is cancelled',
    'zh-CN': '从日历（.ics）或 CSV 导入休假；- 表示标准输入。文件视为完整日历：其中已没有的休假将被取消',
  },
  optLeaveOf: { en: 'whose leave it is', 'zh-CN': '谁的休假' },
  optCalendar: {
    en: 'name that keeps several calendars of one person apart',
    'zh-CN': '日历名称，用于区分同一人的多个日历',
  },
  optFormat: {
    en: 'ics or csv; without it by the name of the file',
    'zh-CN': 'ics 或 csv；不填则按文件名判断',
  },
  optPreviewImport: { en: 'only show what would change', 'zh-CN': '只显示将发生的变化' },
  optFrom: { en: 'when it begins (ISO 8601)', 'zh-CN': '开始时刻（ISO 8601）' },
  optEnd: { en: 'when it ends (ISO 8601)', 'zh-CN': '结束时刻（ISO 8601）' },
  optExpires: {
    en: 'take answers until then; without it until the stretch begins',
    'zh-CN': '答复截止时刻；不填则为时段开始时',
  },
  optWhy: { en: 'why', 'zh-CN': '原因' },
  optTurnOf: { en: 'whose turn it is', 'zh-CN': '谁的班次' },
  optCoverBy: { en: 'who covers, when it is not you', 'zh-CN': '代班人（非本人时填写）' },
  optEligible: { en: 'only those that this person may accept', 'zh-CN': '只列出此人可接受的请求' },
  optCoverState: {
    en: 'open, accepted, cancelled, expired or all',
    'zh-CN': 'open、accepted、cancelled、expired 或 all',
  },
  optNoticeFor: { en: 'only what this person was told', 'zh-CN': '只看发给此人的通知' },
  config: { en: 'config as code', 'zh-CN': '配置即代码' },
  configLint: {
    en: 'check a config tree without a server: every fault with file and line',
    'zh-CN': '离线检查配置：列出每个错误的文件与行号',
  },
  optStrict: { en: 'end with 1 when there are warnings', 'zh-CN': '有警告时以 1 退出' },
  lintCount: { en: '{errors} errors, {warnings} warnings', 'zh-CN': '{errors} 个错误，{warnings} 个警告' },
  warning: { en: 'warning', 'zh-CN': '警告' },
  configPlan: { en: 'show what applying a tree would change', 'zh-CN': '显示应用配置后的变化' },
  configApply: {
    en: 'apply a tree: one new revision or nothing',
    'zh-CN': '应用配置：生成一个新版本，否则不变',
  },
  optBreakGlass: {
    en: 'apply at once without the second approver; needs --reason and leaves a problem until another operator reviews it',
    'zh-CN': '无需第二位审批人立即应用；须写 --reason，并会留下问题，直到另一位操作员复核',
  },
  breakGlassReason: {
    en: 'Breaking the glass needs a reason: --reason TEXT.',
    'zh-CN': '使用 --break-glass 须说明原因：--reason TEXT。',
  },
  configApprove: {
    en: 'approve exactly this tree on the revision in force, so that another operator may apply it',
    'zh-CN': '审批基于当前版本的这份配置，使另一位操作员可以应用',
  },
  optReviewed: {
    en: 'review this revision, which another operator applied with --break-glass',
    'zh-CN': '复核另一位操作员以 --break-glass 应用的版本',
  },
  approveWhat: {
    en: 'Say what to approve: the path of a tree, or --revision NUMBER.',
    'zh-CN': '请说明审批对象：配置路径，或 --revision 版本号。',
  },
  approved: {
    en: 'Approved by {by}, on revision {base}: another operator may apply exactly this tree now.',
    'zh-CN': '{by} 已基于版本 {base} 审批：现在另一位操作员可以应用这份配置。',
  },
  reviewed: { en: 'Revision {revision} was reviewed by {by}.', 'zh-CN': '版本 {revision} 已由 {by} 复核。' },
  configRevisions: {
    en: 'list revisions with who applied and who approved them, and what waits for a review',
    'zh-CN': '列出版本、应用者、审批者，以及待复核的内容',
  },
  approvedBy: { en: 'approved by {by}', 'zh-CN': '审批人 {by}' },
  brokeGlass: { en: 'BROKE THE GLASS', 'zh-CN': '紧急应用' },
  problem: { en: 'problem', 'zh-CN': '问题' },
  planNeedsApprover: {
    en: 'Worsens: apply needs a second approver (tocsin config approve PATH):',
    'zh-CN': '变差：应用需要第二位审批人（tocsin config approve PATH）：',
  },
  planApproved: { en: 'Worsens, and was approved by {by}:', 'zh-CN': '变差，已由 {by} 审批：' },
  planBlocked: {
    en: 'A P1 would page nobody in time: apply refuses it, but with --break-glass:',
    'zh-CN': 'P1 将无法及时通知到人：除 --break-glass 外，应用会被拒绝：',
  },
  configExport: { en: 'print the tree in force as YAML', 'zh-CN': '以 YAML 输出当前生效的配置' },
  configCoverage: {
    en: 'prove that P1 and P2 always page somebody in time for 90 days, or name the earliest hole (exit 3 for P1)',
    'zh-CN': '证明 90 天内 P1 与 P2 总能及时通知到人，否则给出最早的缺口（P1 有缺口时退出码为 3）',
  },
  configSchema: {
    en: 'print the JSON Schema of config trees, for editors',
    'zh-CN': '输出配置的 JSON Schema，供编辑器使用',
  },
  optTo: {
    en: 'write the files into this folder as they were applied',
    'zh-CN': '按应用时的原样将文件写入该文件夹',
  },
  exported: {
    en: 'Revision {revision}: {count} files written to {folder}.',
    'zh-CN': '版本 {revision}：已将 {count} 个文件写入 {folder}。',
  },
  badExport: {
    en: 'Nothing was written: the server sent files that are no config tree: {fault}',
    'zh-CN': '未写入任何文件：服务器发来的文件不是配置：{fault}',
  },
  test: {
    en: 'run the tests of a config tree on a virtual clock, without a server',
    'zh-CN': '离线以虚拟时钟运行配置的测试',
  },
  simulate: {
    en: 'replay recorded history by another config and say what would differ; sends nothing (without --config: is history told again faithfully?)',
    'zh-CN':
      '用另一份配置重放已记录的历史，指出会有哪些不同；不发送任何内容（不写 --config：检查历史能否如实重现）',
  },
  optSimulateConfig: {
    en: 'the config tree to replay by; without it each input is decided by the revision of then',
    'zh-CN': '重放所用的配置；不写则每个输入按当时的版本决定',
  },
  optSimulateFrom: {
    en: 'from when: an instant (ISO 8601) or how long ago, such as 30d',
    'zh-CN': '从何时开始：时刻（ISO 8601）或多久以前，例如 30d',
  },
  planUnjudged: {
    en: 'The server did not replay history to see whether a second approver is needed: {why}',
    'zh-CN': '服务器未重放历史以判断是否需要第二位审批人：{why}',
  },
  optPlanFrom: {
    en: 'from when recorded history is replayed: an instant (ISO 8601) or how long ago, such as 30d',
    'zh-CN': '从何时开始重放已记录的历史：时刻（ISO 8601）或多久以前，例如 30d',
  },
  optNoHistory: {
    en: 'leave out what it would have meant to recorded history',
    'zh-CN': '不计算对已记录历史的影响',
  },
  badFrom: {
    en: '«{from}» is neither an instant (ISO 8601) nor a duration such as 30d.',
    'zh-CN': '「{from}」既不是时刻（ISO 8601），也不是 30d 这样的时长。',
  },
  optMutate: {
    en: 'also make one mistake after the other in the config and list those that no test notices',
    'zh-CN': '同时在配置中逐一制造错误，并列出没有测试发现的错误',
  },
  noTests: {
    en: '{folder} has no tests; write some under «tests:», such as those of examples/starter/tests.yaml.',
    'zh-CN': '{folder} 没有测试；请在「tests:」下编写，可参考 examples/starter/tests.yaml。',
  },
  testPassed: { en: 'passed  {name}', 'zh-CN': '通过  {name}' },
  testFailed: { en: 'FAILED  {name}', 'zh-CN': '失败  {name}' },
  testCount: { en: '{passed} passed, {failed} failed', 'zh-CN': '{passed} 个通过，{failed} 个失败' },
  mutants: {
    en: '{killed} of {mutants} mistakes are noticed; {survivors} are not:',
    'zh-CN': '{mutants} 个错误中发现了 {killed} 个；未发现 {survivors} 个：',
  },
  optReason: { en: 'why; kept with the revision', 'zh-CN': '原因；随版本保存' },
  heartbeat: { en: 'signs of life that must come', 'zh-CN': '必须按时到来的心跳' },
  heartbeatList: { en: 'list heartbeats and when each is due', 'zh-CN': '列出心跳及其截止时间' },
  heartbeatSend: { en: 'send a sign of life', 'zh-CN': '发送心跳信号' },
  optSign: {
    en: 'beat, or start, finish, fail of a run',
    'zh-CN': 'beat，或一次任务的 start、finish、fail',
  },
  explain: {
    en: 'why was this person, or was not, paged for this case: exactly one reason',
    'zh-CN': '此人为何（未）因该案例被呼叫：恰有一个原因',
  },
  balance: {
    en: 'what became of the pages of each minute; exit 1 when one was lost',
    'zh-CN': '每分钟各次呼叫的去向；若有丢失则以 1 退出',
  },
  optBalanceFrom: { en: 'first minute (default: an hour ago)', 'zh-CN': '起始分钟（默认一小时前）' },
  optBalanceTo: { en: 'until this instant (default: now)', 'zh-CN': '截止时刻（默认现在）' },
  balanceTotal: { en: 'in all', 'zh-CN': '合计' },
  balanceOff: {
    en: 'pages were planned of which nothing is known: see the minutes that are not balanced, and the log of notification',
    'zh-CN': '有已计划的呼叫去向不明：请查看未平衡的分钟及 notification 的日志',
  },
  maintenance: {
    en: 'maintenance windows: cases open and page nobody until it is over',
    'zh-CN': '维护窗口：案例照常打开，窗口结束前不呼叫任何人',
  },
  maintenanceList: { en: 'list windows that are planned or active', 'zh-CN': '列出计划中与进行中的窗口' },
  maintenanceAdd: {
    en: 'make a window beside the config, until an instant or for a duration',
    'zh-CN': '在配置之外创建窗口，直到某时刻或持续一段时间',
  },
  maintenancePreview: {
    en: 'which cases of the last 30 days a window would have hushed',
    'zh-CN': '窗口会静默最近 30 天的哪些案例',
  },
  maintenanceEnd: {
    en: 'end an active window early: what it hushed pages at once',
    'zh-CN': '提前结束进行中的窗口：被静默的案例立即呼叫',
  },
  maintenanceCancel: { en: 'cancel a planned window', 'zh-CN': '取消计划中的窗口' },
  optOver: { en: 'also those that are over or cancelled', 'zh-CN': '包括已结束与已取消的' },
  optServices: { en: 'only cases of these services', 'zh-CN': '只限这些服务的案例' },
  optMarkets: { en: 'only cases of these markets', 'zh-CN': '只限这些市场的案例' },
  optSources: { en: 'only cases of these sources', 'zh-CN': '只限这些来源的案例' },
  optWhen: {
    en: 'only cases that this condition over case.* matches',
    'zh-CN': '只限符合该 case.* 条件的案例',
  },
  optWindowFrom: {
    en: 'from this instant (default: now); a clock time with --every or --on',
    'zh-CN': '从该时刻起（默认现在）；与 --every 或 --on 同用时为钟点',
  },
  optWindowUntil: {
    en: 'until this instant; with --every the last day',
    'zh-CN': '直到该时刻；与 --every 同用时为最后一天',
  },
  optEvery: { en: 'on these days of each week, such as Sun', 'zh-CN': '每周的这些日子，例如 Sun' },
  optOn: { en: 'on this day', 'zh-CN': '在这一天' },
  optTimeZone: { en: 'whose clock: an IANA time zone', 'zh-CN': '所用时区（IANA）' },
  optSafety: {
    en: 'exempt: urgent safety cases page all the same; muted: they do not',
    'zh-CN': 'exempt：紧急安全案例照常呼叫；muted：同样静默',
  },
  optWindowReason: { en: 'why; everybody sees it', 'zh-CN': '原因；所有人可见' },
  previewed: {
    en: 'Would have hushed {hushed} of {inScope} cases in its scope since {from}; {exempt} urgent safety cases would have paged all the same.',
    'zh-CN':
      '自 {from} 起，范围内 {inScope} 个案例中会静默 {hushed} 个；另有 {exempt} 个紧急安全案例照常呼叫。',
  },
  quarantine: { en: 'events that could not be read', 'zh-CN': '无法解析的事件' },
  quarantineList: { en: 'list quarantined events with the cause', 'zh-CN': '列出被隔离的事件及原因' },
  quarantineRedrive: { en: 'try a quarantined event again', 'zh-CN': '重新处理被隔离的事件' },
  deadLetters: { en: 'events that a service could not handle', 'zh-CN': '服务无法处理的事件' },
  deadLettersList: {
    en: 'list dead letters with the cause and how many events wait behind each',
    'zh-CN': '列出死信、原因及其后等待的事件数',
  },
  deadLettersRedrive: {
    en: 'hand a dead letter and what waits behind it to its service again',
    'zh-CN': '将死信及其后等待的事件重新交给服务处理',
  },
  contact: { en: 'ways to reach people', 'zh-CN': '联系方式' },
  contactAddWebhook: {
    en: 'page a person by a webhook: any program can be the phone',
    'zh-CN': '通过 webhook 呼叫某人：任何程序都可充当手机',
  },
  optSecret: {
    en: 'signing secret of the webhook, 24 characters or more (default: one is made)',
    'zh-CN': 'webhook 签名密钥，至少 24 个字符（默认自动生成）',
  },
  optBands: { en: 'priorities for which it is used', 'zh-CN': '适用的优先级' },
  doctor: { en: 'is the server alive and ready, and what is not', 'zh-CN': '检查服务器是否存活与就绪' },
  unreachable: {
    en: 'Nothing answers at {url} ({fault}). Start it with «npm start», or say where it is with TOCSIN_URL.',
    'zh-CN': '{url} 无响应（{fault}）。请用「npm start」启动，或用 TOCSIN_URL 指定地址。',
  },
  noToken: {
    en: 'The server at {url} needs a token: set TOCSIN_TOKEN to one of «tokens» in its config.',
    'zh-CN': '服务器 {url} 需要令牌：请将 TOCSIN_TOKEN 设为其配置「tokens」中的一个。',
  },
  badToken: {
    en: 'The server does not know this token. Set TOCSIN_TOKEN (or --key for a source) to one of its config.',
    'zh-CN': '服务器不认识该令牌。请将 TOCSIN_TOKEN(来源则用 --key)设为其配置中的一个。',
  },
  noKey: {
    en: 'The source «{source}» needs its key: set TOCSIN_SOURCE_KEY or give --key.',
    'zh-CN': '来源「{source}」需要密钥：请设置 TOCSIN_SOURCE_KEY 或使用 --key。',
  },
  badUrl: {
    en: '«{url}» is no URL; write it like http://127.0.0.1:8080.',
    'zh-CN': '「{url}」不是有效地址；请写成 http://127.0.0.1:8080。',
  },
  notJson: { en: '«{file}» is no JSON: {fault}', 'zh-CN': '「{file}」不是 JSON:{fault}' },
  noFile: { en: '«{file}» cannot be read ({fault}).', 'zh-CN': '无法读取「{file}」（{fault}）。' },
  needsSubject: {
    en: 'Say what it is about with --subject, or send a file with --file.',
    'zh-CN': '请用 --subject 说明主题，或用 --file 发送文件。',
  },
  lintClean: { en: '{folder}: no faults', 'zh-CN': '{folder}：没有错误' },
  faults: { en: '{count} faults; nothing was changed', 'zh-CN': '{count} 个错误；未作任何更改' },
  noChange: { en: 'Nothing differs from revision {revision}.', 'zh-CN': '与版本 {revision} 没有差异。' },
  applied: { en: 'Revision {revision} is in force.', 'zh-CN': '版本 {revision} 已生效。' },
  unchanged: {
    en: 'Revision {revision} stays: the tree is the same.',
    'zh-CN': '配置相同，版本 {revision} 保持不变。',
  },
  madeSecret: { en: 'Signing secret, shown once: {secret}', 'zh-CN': '签名密钥（仅显示一次）：{secret}' },
  casePriority: { en: 'pin the priority of a case, or free it', 'zh-CN': '固定案例的优先级，或取消固定' },
  optSet: { en: 'the priority to pin', 'zh-CN': '要固定的优先级' },
  optPinReason: { en: 'why; everybody sees it', 'zh-CN': '原因；所有人可见' },
  optPinUntil: {
    en: 'until this instant (ISO 8601); without it until it is freed',
    'zh-CN': '截止时刻（ISO 8601）；不写则直到取消为止',
  },
  optUnpin: {
    en: 'take the pin back: the computed priority holds again',
    'zh-CN': '取消固定：恢复计算所得的优先级',
  },
  needsPin: {
    en: 'Say what to pin and why: --set P2 --reason "…"; or take it back with --unpin.',
    'zh-CN': '请写明固定的优先级与原因：--set P2 --reason "…"；或用 --unpin 取消。',
  },
  nothing: { en: 'nothing', 'zh-CN': '(空)' },
} as const satisfies Record<string, Texts>;
