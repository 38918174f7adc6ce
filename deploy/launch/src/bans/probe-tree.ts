import { execFile } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const TOP = join(import.meta.dirname, '..', '..', '..', '..');
const WORKSPACES = '{{libs,services}/*,cli,e2e,deploy/launch}/package.json';
const LINK_SCOPE = '@tocsin';

export interface Finding {
  /** Relative to the tree. */
  readonly file: string;
  readonly rule: string;
}

/**
 * A small copy of the workspace in a temporary folder: the real package.json files and the real configuration of the
 * linters, but sources of our own, so that files which break a ban can be planted where they would be a fault.
 */
export class ProbeTree {
  private constructor(readonly root: string) {}

  static plant(files: Record<string, string>): ProbeTree {
    const root = mkdtempSync(join(tmpdir(), 'tocsin-bans-'));
    const tree = new ProbeTree(root);
    for (const file of [
      'package.json',
      'package-lock.json',
      'nx.json',
      'tsconfig.base.json',
      'tsconfig.json',
      'eslint.config.mjs',
      '.dependency-cruiser.mjs',
      'deploy/launch/checking',
    ])
      cpSync(join(TOP, file), join(root, file), { recursive: true });
    for (const manifest of globSync(WORKSPACES, { cwd: TOP })) {
      mkdirSync(join(root, dirname(manifest)), { recursive: true });
      cpSync(join(TOP, manifest), join(root, manifest));
      tree.write(join(dirname(manifest), 'src/index.ts'), 'export const here = 1;\n');
    }
    for (const [file, text] of Object.entries(files)) tree.write(file, text);
    tree.linkPackages();
    return tree;
  }

  /** What eslint (with the Nx rule) finds; throws when the Nx rule skipped itself. */
  async lint(): Promise<Finding[]> {
    await this.run('nx/dist/bin/nx.js', 'graph', '--file=.nx/graph.json');
    const { stdout, stderr } = await this.run('eslint/bin/eslint.js', '--format', 'json', '.');
    if ((stdout + stderr).includes('The rule will be skipped')) throw new Error('the Nx rule skipped itself');
    const results = JSON.parse(stdout) as {
      filePath: string;
      messages: { ruleId: string | null; message: string }[];
    }[];
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message }) => ({ file: this.relative(filePath), rule: ruleId ?? message })),
    );
  }

  /** What dependency-cruiser finds. */
  async cruise(): Promise<Finding[]> {
    const { stdout } = await this.run(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      ...[
        '--config',
        '.dependency-cruiser.mjs',
        '--output-type',
        'json',
        'libs',
        'services',
        'cli',
        'e2e',
        'deploy/launch/src',
      ],
    );
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    return summary.violations.map(({ from, rule }) => ({ file: from, rule: rule.name }));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private write(file: string, text: string): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Packages are the real ones, except our own, which must lead into this tree. */
  private linkPackages(): void {
    const target = join(this.root, 'node_modules');
    mkdirSync(join(target, LINK_SCOPE), { recursive: true });
    for (const name of readdirSync(join(TOP, 'node_modules')))
      if (name !== LINK_SCOPE) symlinkSync(join(TOP, 'node_modules', name), join(target, name));
    for (const manifest of globSync(WORKSPACES, { cwd: this.root })) {
      const { name } = JSON.parse(readFileSync(join(this.root, manifest), 'utf8')) as { name: string };
      symlinkSync(join(this.root, dirname(manifest)), join(target, name));
    }
  }

  private relative(path: string): string {
    return path.slice(path.indexOf(this.root) + this.root.length + 1);
  }

  private async run(tool: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
    const env = { ...process.env, NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false', FORCE_COLOR: '0' };
    const options = { cwd: this.root, env, maxBuffer: 64 * 1024 * 1024 };
    try {
      return await promisify(execFile)(
        process.execPath,
        [join(this.root, 'node_modules', tool), ...args],
        options,
      );
    } catch (error) {
      // A linter that found something ends with a code other than 0; its findings are on stdout all the same.
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      if (stdout.trim() === '') throw new Error(`${tool} gave nothing: ${stderr}`, { cause: error });
      return { stdout, stderr };
    }
  }
}
