/** Methods are told to routing: which of them were, and by which version of each. */
export const toldMethodsMigration = {
  id: 202611251301,
  name: 'notification told contact methods',
  sql: `ALTER TABLE notification.contact_method
    ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN told boolean NOT NULL DEFAULT false;`,
};
