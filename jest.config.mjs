// One jest project per tier; which tiers run is chosen by deploy/launch (npm test -- --tier unit,int,…).
const tier = (name, pattern, more = {}) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  testMatch: pattern.map((p) => `<rootDir>/${p}`),
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/.tocsin/', '/dist/'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['tocsin-source', 'node', 'default'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['@swc/jest'] },
  ...more,
});

export default {
  projects: [
    tier('unit', ['{libs,services,cli,deploy}/**/*.spec.ts']),
    tier('int', ['{libs,services,cli,deploy}/**/*.int-spec.ts']),
    tier('story', ['e2e/**/*.story-spec.ts']),
    tier('browser', ['{libs,e2e}/**/*.browser-spec.ts']),
  ],
};
