import { stringify } from 'yaml';

/** Writes a tree or any JSON value as YAML 1.2, without anchors and without folding lines. */
export const renderYaml = (value: unknown): string =>
  stringify(value, { version: '1.2', schema: 'core', aliasDuplicateObjects: false, lineWidth: 0 });
