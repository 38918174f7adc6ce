interface Sample {
  readonly seed: string;
  readonly last: string;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

interface PlantedMutant {
  readonly fileName: string;
  readonly location: { readonly start: Place; readonly end: Place };
  readonly mutatorName: string;
  readonly replacement: string;
}

export function keyOf(mutant: PlantedMutant, root: string): string;
export function sampleOf(keys: readonly string[], size: number, seed: string): Sample;
export function isInSample(key: string, sample: Sample): boolean;
export function intervalOf(noticed: number, tried: number, all: number): [number, number];
