import type { Texts } from '../texts.js';

/** What intake says to senders when it refuses something: the title, and what to do about it. */
export const INTAKE_MESSAGES = {
  unknownSource: {
    en: 'No such source. Look at `sources` in the config for the names that exist.',
    'zh-CN': '没有这个来源。请在配置的 `sources` 中查看现有名称。',
  },
  badKey: {
    en: 'The key or signature is not one of this source. Send «Authorization: Bearer KEY» or sign the raw body.',
    'zh-CN': '密钥或签名不属于该来源。请发送「Authorization: Bearer 密钥」，或对原始正文签名。',
  },
  staleSignature: {
    en: 'The signature’s timestamp is more than 5 minutes from our clock. Check the sender’s clock and sign again.',
    'zh-CN': '签名时间与本机时钟相差超过 5 分钟。请检查发送方时钟并重新签名。',
  },
  otherTenant: {
    en: 'The tenant comes from the key alone; this key belongs to another one than the header names.',
    'zh-CN': '租户只由密钥决定；此密钥不属于请求头所写的租户。',
  },
  otherSender: {
    en: 'The body comes from another account than the source’s `senders` name. Compare them with the body.',
    'zh-CN': '正文来自来源的 `senders` 未列出的账户。请与正文核对。',
  },
  notConfirmed: {
    en: 'The subscription could not be confirmed at the address that the message names. Send the same request again.',
    'zh-CN': '无法在消息给出的地址确认订阅。请重新发送同一请求。',
  },
  notUtf8: { en: 'The body is not valid UTF-8.', 'zh-CN': '正文不是有效的 UTF-8。' },
  notJson: {
    en: 'The body stops being JSON at line {line}, column {column}.',
    'zh-CN': '正文从第 {line} 行第 {column} 列起不是有效的 JSON。',
  },
  notArray: {
    en: 'The body is no JSON array; send an array of events, or application/x-ndjson with one event a line.',
    'zh-CN': '正文不是 JSON 数组；请发送事件数组，或以 application/x-ndjson 每行发送一个事件。',
  },
  unreadable: {
    en: 'The body could not be read ({fault}). Check Content-Length and Content-Encoding, then send it again.',
    'zh-CN': '无法读取正文（{fault}）。请检查 Content-Length 与 Content-Encoding 后重新发送。',
  },
  notXml: { en: 'The body is no SOAP message: {fault}', 'zh-CN': '正文不是 SOAP 消息：{fault}' },
  tooDeep: {
    en: 'The body is nested deeper than {depth} levels; flatten it.',
    'zh-CN': '正文嵌套超过 {depth} 层，请展平。',
  },
  tooManyKeys: {
    en: 'The body has more than {keys} members; send less at once.',
    'zh-CN': '正文成员超过 {keys} 个，请减少。',
  },
  tooLarge: {
    en: 'The body is larger than {bytes} bytes; nothing was stored.',
    'zh-CN': '正文超过 {bytes} 字节；未存储任何内容。',
  },
  tooManyLines: {
    en: 'A batch takes at most {lines} events; nothing was stored. Send several batches.',
    'zh-CN': '一个批次最多 {lines} 个事件；未存储任何内容。请分批发送。',
  },
  mediaType: {
    en: 'Send application/json (batches also application/x-ndjson), plain or gzip.',
    'zh-CN': '请发送 application/json（批次也可用 application/x-ndjson），可用 gzip。',
  },
  brokenEvent: {
    en: 'The event cannot be understood; each fault is named by its JSON pointer.',
    'zh-CN': '无法理解该事件；每处错误以 JSON 指针指明。',
  },
  subjectMissing: {
    en: 'a ticket.created or alert.raised needs a subject that says what happened',
    'zh-CN': 'ticket.created 与 alert.raised 需要说明发生了什么的 subject',
  },
  conflict: {
    en: 'An event with this id but another content was accepted before and is kept. Use a new id for a new event.',
    'zh-CN': '同一 id 但内容不同的事件早已接收并保留。新事件请使用新的 id。',
  },
  unavailable: {
    en: 'Nothing was stored. Send the same request again.',
    'zh-CN': '未存储任何内容。请重新发送同一请求。',
  },
  noConfig: {
    en: 'This process has not received the config yet. Send the same request again.',
    'zh-CN': '本进程尚未收到配置。请重新发送同一请求。',
  },
} as const satisfies Record<string, Texts>;

export type IntakeMessage = keyof typeof INTAKE_MESSAGES;
