/**
 * The state machine of escalations as a table: what an act does in a state, and all that is told of it. A block has the act
 * and the state before, then the state after (status, epoch.round.step, when it wakes), then each effect, or why there is
 * none. Instants are seconds since the case opened.
 */
export const ACTS_BY_STATE = `
raised to P1 when none
  running 1.1.0, wakes 270s
  PriorityChanged (0, tocsin): from P5, to P1
  EscalationStarted (1, tocsin): policy live-pay, service live-payouts, steps 3
  StepStarted (1, tocsin): round 1, step 0, stepName on-call, steps 3, persons ["bo"], wait 120
  page 1: round 1, step 0, stepName on-call, steps 3, persons ["bo"], dueAt 150s, nextStepAt 270s
raised to P1 when running
  running 1.1.1, wakes 300s
  PriorityChanged (1, tocsin): from P2, to P1
raised to P1 when exhausted
  exhausted 1.2.3, wakes 1740s
  PriorityChanged (1, tocsin): from P2, to P1
raised to P1 when held
  running 1.1.1, wakes 330s
  PriorityChanged (1, tocsin): from P2, to P1
  StepStarted (1, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 1: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 150s, nextStepAt 330s
raised to P1 when suppressed
  suppressed 1.1.1, wakes 5000s
  PriorityChanged (1, tocsin): from P2, to P1
raised to P1 when snoozed
  running 2.1.1, wakes 330s
  PriorityChanged (1, tocsin): from P2, to P1
  SnoozeEnded (2, tocsin): reason priority.raised, snoozedBy chen, until 900s
  StepStarted (2, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 2: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 150s, nextStepAt 330s
raised to P1 when acknowledged
  acknowledged 1.1.0
  PriorityChanged (1, tocsin): from P2, to P1
raised to P1 when reminded
  acknowledged 2.1.0
  PriorityChanged (2, tocsin): from P2, to P1
raised to P1 when resolved
  resolved 1.1.0
  PriorityChanged (1, tocsin): from P2, to P1
lowered to P5 when none
  none 0.0.0
  same-priority
lowered to P5 when running
  running 1.1.1, wakes 300s
  PriorityChanged (1, tocsin): from P2, to P5
lowered to P5 when exhausted
  exhausted 1.2.3, wakes 1740s
  PriorityChanged (1, tocsin): from P2, to P5
lowered to P5 when held
  held 1.1.1, wakes 180s
  PriorityChanged (1, tocsin): from P2, to P5
lowered to P5 when suppressed
  suppressed 1.1.1, wakes 5000s
  PriorityChanged (1, tocsin): from P2, to P5
lowered to P5 when snoozed
  snoozed 1.1.1, wakes 900s
  PriorityChanged (1, tocsin): from P2, to P5
lowered to P5 when acknowledged
  acknowledged 1.1.0
  PriorityChanged (1, tocsin): from P2, to P5
lowered to P5 when reminded
  acknowledged 2.1.0
  PriorityChanged (2, tocsin): from P2, to P5
lowered to P5 when resolved
  resolved 1.1.0
  PriorityChanged (1, tocsin): from P2, to P5
opened again when none
  none 0.0.0
  already-open
opened again when running
  running 1.1.1, wakes 300s
  already-open
opened again when exhausted
  exhausted 1.2.3, wakes 1740s
  already-open
opened again when held
  held 1.1.1, wakes 180s
  already-open
opened again when suppressed
  suppressed 1.1.1, wakes 5000s
  already-open
opened again when snoozed
  snoozed 1.1.1, wakes 900s
  already-open
opened again when acknowledged
  acknowledged 1.1.0
  already-open
opened again when reminded
  acknowledged 2.1.0, wakes 660s
  already-open
opened again when resolved
  resolved 1.1.0
  already-resolved
what hushes it changes when none
  none 0.0.0
  nothing-due
what hushes it changes when running
  running 1.1.1, wakes 300s
  nothing-due
what hushes it changes when exhausted
  exhausted 1.2.3, wakes 1740s
  nothing-due
what hushes it changes when held
  held 1.1.1, wakes 180s
  nothing-due
what hushes it changes when suppressed
  suppressed 1.1.1, wakes 5000s
  still-suppressed
what hushes it changes when snoozed
  snoozed 1.1.1, wakes 900s
  nothing-due
what hushes it changes when acknowledged
  acknowledged 1.1.0
  nothing-due
what hushes it changes when reminded
  acknowledged 2.1.0, wakes 660s
  nothing-due
what hushes it changes when resolved
  resolved 1.1.0
  nothing-due
acknowledged when none
  acknowledged 0.0.0
  CaseAcknowledged (0, ana): round 0, step 0, was none
acknowledged when running
  acknowledged 1.1.1
  stop 1: acknowledged by ana
  CaseAcknowledged (1, ana): round 1, step 1, was running
acknowledged when exhausted
  acknowledged 1.2.3
  stop 1: acknowledged by ana
  CaseAcknowledged (1, ana): round 2, step 3, was exhausted
acknowledged when held
  acknowledged 1.1.1
  stop 1: acknowledged by ana
  CaseAcknowledged (1, ana): round 1, step 1, was held
acknowledged when suppressed
  acknowledged 1.1.1
  stop 1: acknowledged by ana
  CaseAcknowledged (1, ana): round 1, step 1, was suppressed
acknowledged when snoozed
  acknowledged 1.1.1
  stop 1: acknowledged by ana
  CaseAcknowledged (1, ana): round 1, step 1, was snoozed
acknowledged when acknowledged
  acknowledged 1.1.0
  refused reason already-acknowledged, owner bo
acknowledged when reminded
  acknowledged 2.1.0, wakes 660s
  refused reason already-acknowledged, owner bo
acknowledged when resolved
  resolved 1.1.0
  refused reason already-resolved, owner zendesk
resolved when none
  resolved 0.0.0
  CaseResolved (0, zendesk): round 0, step 0, was none
resolved when running
  resolved 1.1.1
  stop 1: resolved by zendesk
  CaseResolved (1, zendesk): round 1, step 1, was running
resolved when exhausted
  resolved 1.2.3
  stop 1: resolved by zendesk
  CaseResolved (1, zendesk): round 2, step 3, was exhausted
resolved when held
  resolved 1.1.1
  stop 1: resolved by zendesk
  CaseResolved (1, zendesk): round 1, step 1, was held
resolved when suppressed
  resolved 1.1.1
  stop 1: resolved by zendesk
  CaseResolved (1, zendesk): round 1, step 1, was suppressed
resolved when snoozed
  resolved 1.1.1
  stop 1: resolved by zendesk
  CaseResolved (1, zendesk): round 1, step 1, was snoozed
resolved when acknowledged
  resolved 1.1.0
  stop 1: resolved by zendesk
  CaseResolved (1, zendesk): round 1, step 0, was acknowledged
resolved when reminded
  resolved 2.1.0
  stop 2: resolved by zendesk
  CaseResolved (2, zendesk): round 1, step 0, was acknowledged
resolved when resolved
  resolved 1.1.0
  already-resolved
reopened when none
  none 0.0.0
  already-open
reopened when running
  running 1.1.1, wakes 300s
  already-open
reopened when exhausted
  exhausted 1.2.3, wakes 1740s
  already-open
reopened when held
  held 1.1.1, wakes 180s
  already-open
reopened when suppressed
  suppressed 1.1.1, wakes 5000s
  already-open
reopened when snoozed
  running 2.1.1, wakes 330s
  SnoozeEnded (2, zendesk): reason by-hand, snoozedBy chen, until 900s
  StepStarted (2, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 2: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 150s, nextStepAt 330s
reopened when acknowledged
  running 2.1.0, wakes 270s
  CaseReopened (2, zendesk): after acknowledged, was bo
  EscalationStarted (2, tocsin): policy live-pay, service live-payouts, steps 3
  StepStarted (2, tocsin): round 1, step 0, stepName on-call, steps 3, persons ["bo"], wait 120
  page 2: round 1, step 0, stepName on-call, steps 3, persons ["bo"], dueAt 150s, nextStepAt 270s
reopened when reminded
  running 3.1.0, wakes 490s
  stop 2: restarted by zendesk
  CaseReopened (3, zendesk): after acknowledged, was bo
  EscalationStarted (3, tocsin): policy live-pay, service live-payouts, steps 3
  StepStarted (3, tocsin): round 1, step 0, stepName on-call, steps 3, persons ["bo"], wait 120
  page 3: round 1, step 0, stepName on-call, steps 3, persons ["bo"], dueAt 370s, nextStepAt 490s
reopened when resolved
  running 2.1.0, wakes 270s
  CaseReopened (2, zendesk): after resolved, was zendesk
  EscalationStarted (2, tocsin): policy live-pay, service live-payouts, steps 3
  StepStarted (2, tocsin): round 1, step 0, stepName on-call, steps 3, persons ["bo"], wait 120
  page 2: round 1, step 0, stepName on-call, steps 3, persons ["bo"], dueAt 150s, nextStepAt 270s
escalated when none
  running 1.1.0, wakes 270s
  CaseEscalated (1, ana): after none
  EscalationStarted (1, tocsin): policy live-pay, service live-payouts, steps 3
  StepStarted (1, tocsin): round 1, step 0, stepName on-call, steps 3, persons ["bo"], wait 120
  page 1: round 1, step 0, stepName on-call, steps 3, persons ["bo"], dueAt 150s, nextStepAt 270s
escalated when running
  running 1.1.2, wakes 330s
  CaseEscalated (1, ana): after running, step 1
  StepStarted (1, tocsin): round 1, step 2, stepName manager, steps 3, persons ["dee"], wait 180
  page 1: round 1, step 2, stepName manager, steps 3, persons ["dee"], dueAt 150s, nextStepAt 330s
escalated when exhausted
  exhausted 1.3.3, wakes 2300s
  CaseEscalated (1, ana): after exhausted, step 3
  FallbackPaged (1, tocsin): round 3, step 3, persons ["ana","bo","chen","dee"], reminder true
  page 1: round 3, step 3, stepName fallback, steps 3, persons ["ana","bo","chen","dee"], dueAt 1400s
escalated when held
  running 1.1.1, wakes 330s
  CaseEscalated (1, ana): after held, step 1
  StepStarted (1, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 1: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 150s, nextStepAt 330s
escalated when suppressed
  running 1.1.1, wakes 330s
  CaseEscalated (1, ana): after suppressed, step 1
  SuppressionEnded (1, tocsin): suppressedBy {"kind":"window","name":"w","id":"w1"}, since 120s
  StepStarted (1, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 1: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 150s, nextStepAt 330s
escalated when snoozed
  running 2.1.2, wakes 330s
  CaseEscalated (2, ana): after snoozed, step 1
  StepStarted (2, tocsin): round 1, step 2, stepName manager, steps 3, persons ["dee"], wait 180
  page 2: round 1, step 2, stepName manager, steps 3, persons ["dee"], dueAt 150s, nextStepAt 330s
escalated when acknowledged
  running 2.1.1, wakes 330s
  CaseEscalated (2, ana): after acknowledged, step 0
  StepStarted (2, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 2: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 150s, nextStepAt 330s
escalated when reminded
  running 3.1.1, wakes 550s
  stop 2: restarted by ana
  CaseEscalated (3, ana): after acknowledged, step 0
  StepStarted (3, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 3: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 370s, nextStepAt 550s
escalated when resolved
  resolved 1.1.0
  refused reason already-resolved, owner zendesk
snoozed when none
  snoozed 0.0.0, wakes 3000s
  CaseSnoozed (0, ana): until 3000s, reason wait for the bank, after none
snoozed when running
  snoozed 1.1.1, wakes 3000s
  stop 1: snoozed by ana
  CaseSnoozed (1, ana): until 3000s, reason wait for the bank, after running
snoozed when exhausted
  snoozed 1.2.3, wakes 3000s
  stop 1: snoozed by ana
  CaseSnoozed (1, ana): until 3000s, reason wait for the bank, after exhausted
snoozed when held
  snoozed 1.1.1, wakes 3000s
  stop 1: snoozed by ana
  CaseSnoozed (1, ana): until 3000s, reason wait for the bank, after held
snoozed when suppressed
  snoozed 1.1.1, wakes 3000s
  stop 1: snoozed by ana
  CaseSnoozed (1, ana): until 3000s, reason wait for the bank, after suppressed
snoozed when snoozed
  snoozed 1.1.1, wakes 3000s
  stop 1: snoozed by ana
  CaseSnoozed (1, ana): until 3000s, reason wait for the bank, after snoozed
snoozed when acknowledged
  snoozed 1.1.0, wakes 3000s
  stop 1: snoozed by ana
  CaseSnoozed (1, ana): until 3000s, reason wait for the bank, after acknowledged, was bo
snoozed when reminded
  snoozed 2.1.0, wakes 3000s
  stop 2: snoozed by ana
  CaseSnoozed (2, ana): until 3000s, reason wait for the bank, after acknowledged, was bo
snoozed when resolved
  resolved 1.1.0
  refused reason already-resolved, owner zendesk
reassigned when none
  running 1.1.0, wakes 450s
  CaseReassigned (1, ana): round 1, step 0, stepName reassigned, to ["person dee"], persons ["dee"], after none
  page 1: round 1, step 0, stepName reassigned, steps 3, persons ["dee"], dueAt 150s, nextStepAt 450s, asked {"as":"owner","by":"ana"}
reassigned when running
  running 2.1.1, wakes 450s
  stop 1: restarted by ana
  CaseReassigned (2, ana): round 1, step 1, stepName reassigned, to ["person dee"], persons ["dee"], after running
  page 2: round 1, step 1, stepName reassigned, steps 3, persons ["dee"], dueAt 150s, nextStepAt 450s, asked {"as":"owner","by":"ana"}
reassigned when exhausted
  running 2.2.3, wakes 1700s
  stop 1: restarted by ana
  CaseReassigned (2, ana): round 2, step 3, stepName reassigned, to ["person dee"], persons ["dee"], after exhausted
  page 2: round 2, step 3, stepName reassigned, steps 3, persons ["dee"], dueAt 1400s, nextStepAt 1700s, asked {"as":"owner","by":"ana"}
reassigned when held
  running 2.1.1, wakes 450s
  stop 1: restarted by ana
  CaseReassigned (2, ana): round 1, step 1, stepName reassigned, to ["person dee"], persons ["dee"], after held
  page 2: round 1, step 1, stepName reassigned, steps 3, persons ["dee"], dueAt 150s, nextStepAt 450s, asked {"as":"owner","by":"ana"}
reassigned when suppressed
  running 2.1.1, wakes 450s
  stop 1: restarted by ana
  CaseReassigned (2, ana): round 1, step 1, stepName reassigned, to ["person dee"], persons ["dee"], after suppressed
  page 2: round 1, step 1, stepName reassigned, steps 3, persons ["dee"], dueAt 150s, nextStepAt 450s, asked {"as":"owner","by":"ana"}
reassigned when snoozed
  running 2.1.1, wakes 450s
  stop 1: restarted by ana
  CaseReassigned (2, ana): round 1, step 1, stepName reassigned, to ["person dee"], persons ["dee"], after snoozed
  page 2: round 1, step 1, stepName reassigned, steps 3, persons ["dee"], dueAt 150s, nextStepAt 450s, asked {"as":"owner","by":"ana"}
reassigned when acknowledged
  running 2.1.0, wakes 450s
  stop 1: restarted by ana
  CaseReassigned (2, ana): round 1, step 0, stepName reassigned, to ["person dee"], persons ["dee"], after acknowledged, was bo
  page 2: round 1, step 0, stepName reassigned, steps 3, persons ["dee"], dueAt 150s, nextStepAt 450s, asked {"as":"owner","by":"ana"}
reassigned when reminded
  running 3.1.0, wakes 670s
  stop 2: restarted by ana
  CaseReassigned (3, ana): round 1, step 0, stepName reassigned, to ["person dee"], persons ["dee"], after acknowledged, was bo
  page 3: round 1, step 0, stepName reassigned, steps 3, persons ["dee"], dueAt 370s, nextStepAt 670s, asked {"as":"owner","by":"ana"}
reassigned when resolved
  resolved 1.1.0
  refused reason already-resolved, owner zendesk
merged when none
  cancelled 0.0.0
  CaseMerged (0, ana): into 4F8, was none, round 0, step 0
merged when running
  cancelled 1.1.1
  stop 1: cancelled by ana
  CaseMerged (1, ana): into 4F8, was running, round 1, step 1
merged when exhausted
  cancelled 1.2.3
  stop 1: cancelled by ana
  CaseMerged (1, ana): into 4F8, was exhausted, round 2, step 3
merged when held
  cancelled 1.1.1
  stop 1: cancelled by ana
  CaseMerged (1, ana): into 4F8, was held, round 1, step 1
merged when suppressed
  cancelled 1.1.1
  stop 1: cancelled by ana
  CaseMerged (1, ana): into 4F8, was suppressed, round 1, step 1
merged when snoozed
  cancelled 1.1.1
  stop 1: cancelled by ana
  CaseMerged (1, ana): into 4F8, was snoozed, round 1, step 1
merged when acknowledged
  cancelled 1.1.0
  stop 1: cancelled by ana
  CaseMerged (1, ana): into 4F8, was acknowledged, round 1, step 0
merged when reminded
  cancelled 2.1.0
  stop 2: cancelled by ana
  CaseMerged (2, ana): into 4F8, was acknowledged, round 1, step 0
merged when resolved
  resolved 1.1.0
  refused reason already-resolved, owner zendesk
unmerged when none
  none 0.0.0
  not-merged
unmerged when running
  running 1.1.1, wakes 300s
  not-merged
unmerged when exhausted
  exhausted 1.2.3, wakes 1740s
  not-merged
unmerged when held
  held 1.1.1, wakes 180s
  not-merged
unmerged when suppressed
  suppressed 1.1.1, wakes 5000s
  not-merged
unmerged when snoozed
  snoozed 1.1.1, wakes 900s
  not-merged
unmerged when acknowledged
  acknowledged 1.1.0
  not-merged
unmerged when reminded
  acknowledged 2.1.0, wakes 660s
  not-merged
unmerged when resolved
  resolved 1.1.0
  not-merged
the owner’s step reaches nobody when none
  none 0.0.0
  step-left
the owner’s step reaches nobody when running
  running 1.1.2, wakes 330s
  StepSkipped (1, tocsin): round 1, step 1, stepName owner, reason step.unreachable
  StepStarted (1, tocsin): round 1, step 2, stepName manager, steps 3, persons ["dee"], wait 180
  page 1: round 1, step 2, stepName manager, steps 3, persons ["dee"], dueAt 150s, nextStepAt 330s
the owner’s step reaches nobody when exhausted
  exhausted 1.2.3, wakes 1740s
  step-left
the owner’s step reaches nobody when held
  held 1.1.1, wakes 180s
  step-left
the owner’s step reaches nobody when suppressed
  suppressed 1.1.1, wakes 5000s
  step-left
the owner’s step reaches nobody when snoozed
  snoozed 1.1.1, wakes 900s
  step-left
the owner’s step reaches nobody when acknowledged
  acknowledged 1.1.0
  step-left
the owner’s step reaches nobody when reminded
  acknowledged 2.1.0, wakes 660s
  step-left
the owner’s step reaches nobody when resolved
  resolved 1.1.0
  step-left
`;

/** The same for taking back a merge: while its timer still runs, and long after. */
export const UNDONE_BY_STATE = `
of one that was none, at 200s
  none 0.0.0
  CaseUnmerged (0, bo): from 4F8, mergedAt 150s, is none
of one that was none, at 6000s
  none 0.0.0
  CaseUnmerged (0, bo): from 4F8, mergedAt 150s, is none
of one that was running, at 200s
  running 2.1.1, wakes 300s
  CaseUnmerged (2, bo): from 4F8, mergedAt 150s, is running
  PagesRepeated (2, bo): round 1, step 1, stepName owner, persons ["chen (merge undone)"]
  page 2: round 1, step 1, stepName owner, steps 3, persons ["chen (merge undone)"], dueAt 200s, nextStepAt 300s
of one that was running, at 6000s
  running 2.1.1, wakes 300s
  CaseUnmerged (2, bo): from 4F8, mergedAt 150s, is running
of one that was exhausted, at 1500s
  exhausted 2.2.3, wakes 1740s
  CaseUnmerged (2, bo): from 4F8, mergedAt 1400s, is exhausted
  PagesRepeated (2, bo): round 2, step 3, stepName fallback, persons ["ana (merge undone)","bo (merge undone)","chen (merge undone)","dee (merge undone)"]
  page 2: round 2, step 3, stepName fallback, steps 3, persons ["ana (merge undone)","bo (merge undone)","chen (merge undone)","dee (merge undone)"], dueAt 1500s
of one that was exhausted, at 6000s
  exhausted 2.2.3, wakes 1740s
  CaseUnmerged (2, bo): from 4F8, mergedAt 1400s, is exhausted
of one that was held, at 200s
  held 2.1.1, wakes 180s
  CaseUnmerged (2, bo): from 4F8, mergedAt 150s, is held
of one that was held, at 6000s
  held 2.1.1, wakes 180s
  CaseUnmerged (2, bo): from 4F8, mergedAt 150s, is held
of one that was suppressed, at 200s
  suppressed 2.1.1, wakes 5000s
  CaseUnmerged (2, bo): from 4F8, mergedAt 150s, is suppressed
of one that was suppressed, at 6000s
  running 2.1.1, wakes 6180s
  CaseUnmerged (2, bo): from 4F8, mergedAt 150s, is suppressed
  SuppressionEnded (2, tocsin): suppressedBy {"kind":"window","name":"w","id":"w1"}, since 120s
  StepStarted (2, tocsin): round 1, step 1, stepName owner, steps 3, persons ["chen"], wait 180
  page 2: round 1, step 1, stepName owner, steps 3, persons ["chen"], dueAt 6000s, nextStepAt 6180s
of one that was snoozed, at 200s
  snoozed 1.1.1, wakes 900s
  CaseUnmerged (1, bo): from 4F8, mergedAt 150s, is snoozed
of one that was snoozed, at 6000s
  snoozed 1.1.1, wakes 900s
  CaseUnmerged (1, bo): from 4F8, mergedAt 150s, is snoozed
of one that was acknowledged, at 200s
  acknowledged 1.1.0
  CaseUnmerged (1, bo): from 4F8, mergedAt 150s, is acknowledged
of one that was acknowledged, at 6000s
  acknowledged 1.1.0
  CaseUnmerged (1, bo): from 4F8, mergedAt 150s, is acknowledged
of one that was reminded, at 400s
  acknowledged 2.1.0, wakes 660s
  CaseUnmerged (2, bo): from 4F8, mergedAt 370s, is acknowledged
of one that was reminded, at 6000s
  acknowledged 2.1.0, wakes 660s
  CaseUnmerged (2, bo): from 4F8, mergedAt 370s, is acknowledged
`;
