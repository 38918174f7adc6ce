/** Text and comparisons of an expression: a string is read whole, so that what looks like one inside it is left. */
const PARTS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|<=|>=|==|!=|<|>/g;

const OTHERS: Readonly<Record<string, string>> = {
  '<=': '>',
  '>=': '<',
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>': '<=',
};

interface Flipped {
  readonly from: string;
  readonly to: string;
  /** The whole expression with this one comparison the wrong way round. */
  readonly flipped: string;
}

/** An expression once for each of its comparisons, with that one turned into its opposite. */
export function* flippedComparisons(expression: string): Generator<Flipped> {
  for (const { 0: from, index } of expression.matchAll(PARTS)) {
    const to = OTHERS[from];
    if (to === undefined) continue;
    yield { from, to, flipped: expression.slice(0, index) + to + expression.slice(index + from.length) };
  }
}
