// The unit specs of one folder of libs/rules: who kills a mutant must stand beside it.
import config from '../../../jest.config.mjs';

const [{ displayName: _, ...unit }] = config.projects;

export default { ...unit, testMatch: [`<rootDir>/${process.env.TOCSIN_MUTANTS_OF}/**/*.spec.ts`] };
