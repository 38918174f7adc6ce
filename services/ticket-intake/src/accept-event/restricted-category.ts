import type { Config } from '@tocsin/contracts';

export interface Confidentiality {
  readonly restricted: boolean;
  /** Raw text belongs into the vault. */
  readonly vault: boolean;
  /** Stands in place of the subject when restricted. */
  readonly label: string;
}

const OPEN: Confidentiality = { restricted: false, vault: false, label: '' };

/**
 * What may be shown of an event of this category. A category below a restricted one is restricted too. Where any
 * category is restricted, text whose category cannot be told goes to the vault as well.
 */
export function confidentialityOf(category: string | undefined, config: Config): Confidentiality {
  const known = category === undefined ? undefined : nearest(category, config);
  if (known?.restricted === true) return { restricted: true, vault: true, label: known.label };
  if (known !== undefined) return OPEN;
  return hasRestricted(config) ? { restricted: false, vault: true, label: '' } : OPEN;
}

function nearest(category: string, { taxonomy }: Config): { restricted: boolean; label: string } | undefined {
  let label: string | undefined;
  for (let path = category; path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('.'), 0))) {
    const entry = Object.hasOwn(taxonomy, path) ? taxonomy[path] : undefined;
    label ??= entry?.label.en;
    if (entry?.restricted === true) return { restricted: true, label: label ?? category };
  }
  return label === undefined ? undefined : { restricted: false, label };
}

const known = new WeakMap<Config, boolean>();

function hasRestricted(config: Config): boolean {
  let has = known.get(config);
  if (has === undefined) {
    has = Object.values(config.taxonomy).some(({ restricted }) => restricted);
    known.set(config, has);
  }
  return has;
}
