import {
  type AlertEvent,
  type Heartbeat,
  type Instant,
  isoOf,
  laneOf,
  MONITORING_MESSAGES,
  say,
} from '@tocsin/contracts';
import type { NewEvent } from '@tocsin/event-log';
import type { HeartbeatEffect } from '@tocsin/rules';

interface Subject {
  readonly tenant: string;
  readonly name: string;
  /** Undefined when the config no longer has it. */
  readonly rule: Heartbeat | undefined;
}

/** What became of a heartbeat, as the alert that routing turns into a case or into its end. */
export function heartbeatAlert(
  { tenant, name, rule }: Subject,
  effect: HeartbeatEffect,
  now: Instant,
): NewEvent {
  const alertKey = `heartbeat:${name}`;
  const raised = effect.type === 'Raise';
  const event: AlertEvent = {
    id: `alr_${tenant}_${alertKey}_${now}_${raised ? 'raised' : 'cleared'}`,
    tenant,
    type: raised ? 'AlertRaised' : 'AlertCleared',
    alertKey,
    at: isoOf(now),
    subject: subjectOf(name, effect),
    ...(rule === undefined ? {} : { severity: rule.severity, service: rule.to }),
    attributes: { heartbeat: name, ...(raised ? { reason: effect.reason, since: isoOf(effect.since) } : {}) },
  };
  const urgent = rule === undefined || rule.severity === 'critical' || rule.severity === 'high';
  return {
    topic: 'alerts',
    lane: laneOf(urgent ? 'P1' : 'P3'),
    key: `${tenant}:${alertKey}`,
    type: event.type,
    payload: JSON.stringify(event),
  };
}

const subjectOf = (name: string, effect: HeartbeatEffect): string =>
  effect.type === 'Raise'
    ? say(MONITORING_MESSAGES[effect.reason], 'en', { name, since: isoOf(effect.since) })
    : say(MONITORING_MESSAGES[effect.because], 'en', { name });
