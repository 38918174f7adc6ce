import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { bounded, type ParsedBody } from '../../receive-event/parse-body.js';
import { VENDOR_KEYS } from '../../receive-event/read-body.js';

/** Names without their prefixes, all values as text. Entities other than XML's own five and numbers do not exist. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
  // Characters written by number, too.
  htmlEntities: true,
});

const refused = (fault: string): ParsedBody => ({ ok: false, message: 'notXml', facts: { fault } });

/** A SOAP message as plain members. A document type is refused: with it go all entities, ours and foreign ones. */
export function readSoap(text: string): ParsedBody {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refused('it has a document type');
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) return refused(`line ${valid.err.line}`);
    return bounded(parser.parse(text), VENDOR_KEYS);
  } catch {
    return refused('unreadable');
  }
}
