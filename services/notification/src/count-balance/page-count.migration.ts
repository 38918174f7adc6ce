/**
 * How many pages each minute planned, counted by the statement that writes them: the other side of what the ledger says
 * became of them. A page that is asked for after its epoch was stopped has no row and counts as stopped.
 */
export const pageCountMigration = {
  id: 202611250812,
  name: 'pages planned by the minute',
  sql: `
    CREATE TABLE notification.page_count (
      minute timestamptz NOT NULL, tenant text NOT NULL,
      -- Two processes never write the same row.
      writer bigint NOT NULL,
      planned int NOT NULL, stopped int NOT NULL,
      PRIMARY KEY (minute, tenant, writer)
    );
    -- A page without any way to its person says so itself: one without attempts that does not has lost them.
    UPDATE notification.page p SET unreachable_at = requested_at
    WHERE unreachable_at IS NULL AND NOT EXISTS (
      SELECT FROM notification.attempt a WHERE (a.tenant, a.case_id, a.epoch, a.round, a.step, a.person)
        = (p.tenant, p.case_id, p.epoch, p.round, p.step, p.person));
    INSERT INTO notification.page_count (minute, tenant, writer, planned, stopped)
    SELECT date_trunc('minute', requested_at, 'UTC'), tenant, 0, count(*), 0 FROM notification.page GROUP BY 1, 2;`,
};
