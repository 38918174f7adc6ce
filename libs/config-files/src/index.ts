export { type FileFault, parseYaml, type ParsedFile, type Place } from './parse-yaml.js';
export { mergeFiles, type MergedTree, type SourceFile, type TreeResult } from './merge-files.js';
export { readFolder } from './read-folder.js';
export { joinFiles } from './join-files.js';
export { renderYaml } from './render-yaml.js';
export { addToList, dateOf, type DatedItem } from './add-to-list.js';
