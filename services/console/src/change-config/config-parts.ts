import type { Access } from '@tocsin/runtime';
import type { Judges } from '../approve-plan/judge-plan.js';
import type { ApprovalStore } from '../approve-plan/approval.store.js';
import type { RevisionStore } from '../keep-revisions/revision.store.js';
import type { ConfigApplication } from './apply-config.js';

/** What the routes of `/v1/config` work with. */
export interface ConfigRoutes {
  readonly access: Access;
  readonly revisions: RevisionStore;
  readonly application: ConfigApplication;
  readonly approvals: ApprovalStore;
  readonly replay: Judges['replay'];
  /** Whose token it is: the person that the config names, else the token itself. */
  readonly subjectOf: (actor: string) => string;
}
