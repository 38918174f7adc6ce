import { outboxTable, type SchemaMigration } from '@tocsin/postgres';

export const CONSOLE_MIGRATIONS: readonly SchemaMigration[] = [
  {
    id: 202611220001,
    name: 'revisions, audit and outbox',
    sql: `
      CREATE TABLE console.revision (
        revision int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant text NOT NULL,
        hash text NOT NULL,
        document text NOT NULL,
        author text NOT NULL,
        reason text NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE TABLE console.audit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant text NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        act text NOT NULL,
        object text NOT NULL,
        facts jsonb NOT NULL
      );
      CREATE INDEX audit_newest ON console.audit (tenant, at DESC);
      ${outboxTable('console')};`,
  },
  {
    id: 202611250501,
    name: 'the files of a revision, so that comments survive',
    sql: `ALTER TABLE console.revision ADD COLUMN files text;`,
  },
  {
    id: 202611251101,
    name: 'second approvers and broken glass',
    sql: `
      ALTER TABLE console.revision ADD COLUMN worsens text, ADD COLUMN approved_by text,
        ADD COLUMN approved_at timestamptz, ADD COLUMN broke_glass boolean NOT NULL DEFAULT false;
      CREATE INDEX revision_broken_glass ON console.revision (tenant, revision) WHERE broke_glass;
      CREATE TABLE console.approval (
        tenant text NOT NULL,
        base int NOT NULL,
        hash text NOT NULL,
        subject text NOT NULL,
        approver text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant, base, hash, subject)
      );`,
  },
];
