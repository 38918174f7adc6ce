import type { Verb } from './verbs-of.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that a shell reads once: verbs, options, and the values of those options that take few. */
export const completionScript = (shell: Shell, verbs: readonly Verb[]): string =>
  ({ bash: bashScript, zsh: zshScript, fish: fishScript })[shell](verbs);

const zshScript = (verbs: readonly Verb[]): string =>
  `autoload -U +X compinit bashcompinit && compinit && bashcompinit\n${bashScript(verbs)}`;

/** Where nothing of ours fits, bash completes names of files. */
function bashScript(verbs: readonly Verb[]): string {
  const paths = verbs.filter(({ path }) => path !== '').map(({ path }) => `"${path}"`);
  return `_tocsin() {
  COMPREPLY=()
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" path="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${paths.join(' | ')}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path $before" in
${valueCases(verbs)}
  esac
  if [ -z "$words" ]; then
    case "$path" in
${verbs.map((verb) => `      "${verb.path}") words="${wordsOf(verb).join(' ')}" ;;`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _tocsin tocsin
`;
}

/** The root's options stand after every verb. */
function valueCases(verbs: readonly Verb[]): string {
  const cases = verbs.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, choices }) => {
        const places = flags.map((flag) => (path === '' ? `*" ${flag}"` : `"${path} ${flag}"`));
        return `    ${places.join(' | ')}) ${choices.length > 0 ? `words="${choices.join(' ')}"` : 'return'} ;;`;
      }),
  );
  return cases.join('\n');
}

const wordsOf = ({ verbs, options }: Verb): string[] => [
  ...verbs,
  ...options.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith('--'))),
];

function fishScript(verbs: readonly Verb[]): string {
  const lines = verbs.flatMap(({ path, verbs: inner, options }) => {
    const here = path === '' ? '__fish_use_subcommand' : `__tocsin_at ${path}`;
    const everywhere = path === '' ? '' : ` -n '${here}'`;
    return [
      ...(inner.length === 0 ? [] : [`complete -c tocsin -f -n '${here}' -a '${inner.join(' ')}'`]),
      ...options.map(
        ({ flags, takesValue, choices }) =>
          `complete -c tocsin${everywhere}${flags.map(fishFlag).join('')}${takesValue ? ' -r' : ''}${
            choices.length > 0 ? ` -f -a '${choices.join(' ')}'` : ''
          }`,
      ),
    ];
  });
  return `function __tocsin_at
  set -l said (commandline -opc)
  string match -q -- "tocsin $argv *" "$said "
end
${lines.join('\n')}
`;
}

const fishFlag = (flag: string): string =>
  flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`;
