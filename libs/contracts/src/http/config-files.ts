import { z } from 'zod';

const MAX_FILES = 2000;

/** Below the folder of the tree, forward slashes, no way out of it: whoever exports writes to this path. */
const TreePath = z
  .string()
  .max(300)
  .regex(/^[^/\\\0]+(\/[^/\\\0]+)*\.ya?ml$/, 'a path below the tree that ends in .yaml')
  .refine((path) => !path.split('/').some((part) => part === '.' || part === '..'), {
    error: 'a path without «.» and «..»',
  });

/** A config tree as its files, comments and all: a body of `PUT /v1/config`, `…/apply` and `…/plan`. */
export const ConfigFiles = z.object({
  files: z
    .array(z.object({ path: TreePath, text: z.string() }))
    .min(1)
    .max(MAX_FILES),
});
export type ConfigFiles = z.infer<typeof ConfigFiles>;

/** The media type of `ConfigFiles` in requests. */
export const CONFIG_FILES_TYPE = 'application/vnd.tocsin.config-files+json';

/** The answer of `GET /v1/config/files`: as they were applied, else one that is written from the tree. */
export const ShownConfigFiles = ConfigFiles.extend({ revision: z.int() });
export type ShownConfigFiles = z.infer<typeof ShownConfigFiles>;
