import type { Texts } from '../texts.js';

/** Why a merge, split or move was refused, or cannot be taken back; by the reason's name. */
export const TICKET_CHANGE_TEXTS = {
  'same-case': {
    en: 'This is one and the same case. Name another.',
    'zh-CN': '这是同一个案例，请指定另一个。',
  },
  'last-ticket': {
    en: 'A case keeps at least one ticket. To move all of them, merge the case.',
    'zh-CN': '案例至少保留一个工单；要全部移走，请合并该案例。',
  },
  'already-resolved': {
    en: 'Case {case} is resolved. Reopen it first.',
    'zh-CN': '案例 {case} 已解决，请先重新打开。',
  },
  'last-open-ticket': {
    en: 'All other tickets of the case are over: it goes on for these alone, and nobody would end it. Merge it, or resolve it.',
    'zh-CN':
      '该案例的其他工单均已结束，它只因这些工单而未结束；移走后将无人关闭它。请合并该案例，或将其解决。',
  },
  'none-open': {
    en: 'All of these tickets are over: nobody need be paged for them. Move them to another case, or leave them.',
    'zh-CN': '这些工单均已结束，无需再呼叫任何人；请移到另一案例，或保持不动。',
  },
  restricted: {
    en: 'Restricted tickets never share a case with others.',
    'zh-CN': '受限工单不能与其他工单同属一个案例。',
  },
  closing: {
    en: 'The source of case {case} has said that it is over, and it is about to close. Take the other way round, or wait until it is raised again.',
    'zh-CN': '案例 {case} 的来源已报告结束，即将关闭。请反向操作，或等它再次被触发。',
  },
  merged: {
    en: 'Case {case} is part of case {into}. Act on that one, or undo the merge.',
    'zh-CN': '案例 {case} 已并入案例 {into}，请处理后者，或撤销合并。',
  },
  joined: {
    en: 'A grouping rule has made case {case} part of case {into}. Act on that one.',
    'zh-CN': '分组规则已将案例 {case} 并入案例 {into}，请处理后者。',
  },
  'less-urgent': {
    en: 'A {from} case cannot become part of a {to} case: nobody would be paged for it any more. Merge the other way round.',
    'zh-CN': '{from} 案例不能并入 {to} 案例，否则不再有人因它被呼叫；请反向合并。',
  },
  'no-member': {
    en: '«{ticket}» of source {source} is no ticket of this case; list them with GET /v1/cases/ID/tickets.',
    'zh-CN': '来源 {source} 的「{ticket}」不是此案例的工单；请用 GET /v1/cases/ID/tickets 查看。',
  },
  'unknown-target': { en: 'no case has this id', 'zh-CN': '没有此编号的案例' },
  'changed-meanwhile': {
    en: 'A ticket has come or gone meanwhile. Read the case again and decide anew.',
    'zh-CN': '在此期间有工单加入或离开，请重新读取后再决定。',
  },
  'nothing-to-undo': {
    en: 'There is no merge, split or move of this case to undo.',
    'zh-CN': '此案例没有可撤销的合并、拆分或移动。',
  },
  'changed-since': {
    en: 'One of the two cases was merged, split or had tickets moved since. Undo that first.',
    'zh-CN': '此后两个案例之一又有合并、拆分或移动，请先撤销那一次。',
  },
  'too-late': {
    en: 'This could be undone until {until}. Merge, split or move anew instead.',
    'zh-CN': '撤销期限为 {until}，已过；请重新合并、拆分或移动。',
  },
  'worked-on': {
    en: 'Somebody works on case {case} by now, or another ticket has come to it. Merge it instead.',
    'zh-CN': '案例 {case} 已有人处理，或有其他工单加入；请改用合并。',
  },
  'heard-since': {
    en: 'Something has come of ticket «{ticket}» of source {source} since, and counts in the case that it is in now. Split or move it instead.',
    'zh-CN': '来源 {source} 的工单「{ticket}」此后有新事件，已计入它现在所在的案例；请改用拆分或移动。',
  },
  'gone-since': {
    en: 'Ticket «{ticket}» of source {source} is in another case by now.',
    'zh-CN': '来源 {source} 的工单「{ticket}」现已在另一案例中。',
  },
} as const satisfies Record<string, Texts>;

/** Why a ticket is in a grouped case that no rule has put it in. */
export const HAND_TEXTS = {
  brought: { en: 'brought here by {by}', 'zh-CN': '由 {by} 移入' },
} as const satisfies Record<string, Texts>;
