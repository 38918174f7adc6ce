import { CONFIG_TEXTS, type Config, type EnrichmentTable, VALID_FROM } from '@tocsin/contracts';
import { validFrom } from '../enrichment/table-index.js';
import { filled } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { faultAt } from './faults.js';

/** Tables that could not be looked up: without rows, without a column that they promise, or saying two things at once. */
export function tableFaults({ tables }: Config): ConfigFault[] {
  const named = Object.entries(tables);
  return [
    ...named.flatMap(([name, table]) => rowFaults(['tables', name], table)),
    ...named.flatMap(([name, { gives }], i) =>
      gives.flatMap((field, n) => {
        const earlier = named.slice(0, i).find(([, other]) => other.gives.includes(field))?.[0];
        if (earlier === undefined) return [];
        const texts = filled(CONFIG_TEXTS.givenTwice, { field, earlier });
        return [faultAt(['tables', name, 'gives', n], texts)];
      }),
    ),
  ];
}

function rowFaults(place: readonly string[], { file, key, gives, rows }: EnrichmentTable): ConfigFault[] {
  if (rows === undefined)
    return [
      faultAt(place, file === undefined ? CONFIG_TEXTS.noRows : filled(CONFIG_TEXTS.fileNotRead, { file })),
    ];
  if (file !== undefined) return [faultAt([...place, 'file'], CONFIG_TEXTS.fileAndRows)];
  const seen = new Map<string, number>();
  return rows.flatMap((row, i) => {
    const lacking = [key, ...gives].filter((column) => !Object.hasOwn(row, column));
    const faults = lacking.map((column) => filled(CONFIG_TEXTS.noColumn, { column }));
    if (validFrom(row) === undefined)
      faults.push(filled(CONFIG_TEXTS.validFrom, { text: row[VALID_FROM] ?? '' }));
    const identity = JSON.stringify([row[key], validFrom(row)]);
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, i);
    else faults.push(filled(CONFIG_TEXTS.doubleRow, { value: row[key] ?? '', first: first + 1 }));
    return faults.map((texts) => faultAt([...place, 'rows', i], texts));
  });
}
