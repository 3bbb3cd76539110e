import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { TwimlFault } from './twiml-fault.ts';

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/** As the parser keeps the order of things: one key, its name, and the attributes beside it. */
type Node = { [name: string]: Node[] | Record<string, string> | string };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
});

/** The root of a document. @throws TwimlFault 12100 */
export function readXml(text: string): XmlElement {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new TwimlFault(12_100, `${verdict.err.msg} (line ${verdict.err.line})`);
  const elements = elementsOf(parser.parse(text) as Node[]).filter((child) => typeof child !== 'string');
  const [root] = elements;
  if (!root || elements.length > 1) throw new TwimlFault(12_100, 'one root element');
  return root;
}

function elementsOf(nodes: Node[]): (XmlElement | string)[] {
  return nodes.map((node) => {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    const inner = node[name];
    if (!Array.isArray(inner)) return String(inner);
    return { name, attributes: (node[':@'] ?? {}) as Record<string, string>, children: elementsOf(inner) };
  });
}
