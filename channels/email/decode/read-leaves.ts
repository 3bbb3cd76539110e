import { MailParser } from 'mailparser';
import { bounds } from './bounds.ts';
import type { MendedHead } from './mend-head.ts';
import type { Notice } from './problems.ts';

/** A part without parts of its own: bytes without their transfer encoding. */
export interface Leaf {
  type: string;
  /** `attachment`, `inline`, or none. */
  disposition: string | null;
  charset: string | null;
  flowed: boolean;
  delSp: boolean;
  filename: string | null;
  /** The part's headers as received, one character a byte. */
  headerLines: string[];
  cid: string | null;
  /** Types of the multiparts around it, from the outermost, each with a number of its own. */
  within: { type: string; id: number }[];
  content: Buffer;
}

/** What mailparser keeps of the tree. Its type definitions leave it out. */
interface TreeNode {
  contentType: string | false;
  charset?: string;
  headerLines?: { line: string }[];
  node: { flowed: boolean; delSp: boolean; filename: string | false };
  children: TreeNode[];
}

/**
 * mailparser, told that no part is a text: every leaf then comes out as bytes, so that a wrong character set can be
 * put right, and messages inside messages stay apart from the one that carries them.
 */
class LeafParser extends MailParser {
  readonly textTypes: string[] = [];
  declare readonly tree: TreeNode | false;

  constructor() {
    super({ ignoreEmbedded: true, maxChildNodes: bounds.parts } as ConstructorParameters<typeof MailParser>[0]);
  }
}

export interface ParsedMail {
  leaves: Leaf[];
  /** mailparser's reading of the head: addresses are taken from it. */
  headers: Map<string, unknown>;
  /** The type of the whole with its parameters. */
  contentType: { value: string; params: Record<string, string> };
  /** True when the parser stopped at its limit: nothing of what it read is sure. */
  tooManyParts: boolean;
}

/** Takes the mail apart. Never fails: what was read before a fault is returned, and the fault noted. */
export function readLeaves({ head, body }: MendedHead, notice: Notice): Promise<ParsedMail> {
  const parser = new LeafParser();
  const contents: { content: Buffer; type: string; cid: string | null; disposition: string | null }[] = [];
  let headers = new Map<string, unknown>();
  return new Promise((resolve) => {
    const finish = (tooManyParts: boolean) => {
      const nodes = parser.tree ? leafNodes(parser.tree) : [];
      const leaves = contents.map((found, at) => leafOf(found, nodes[at]));
      resolve({ leaves, headers, contentType: rootType(headers), tooManyParts });
    };
    parser.on('headers', (found: Map<string, unknown>) => {
      headers = found;
    });
    parser.on('data', (data) => {
      if (data.type !== 'attachment') return;
      const chunks: Buffer[] = [];
      data.content.on('data', (chunk: Buffer) => chunks.push(chunk));
      data.content.once('end', () => {
        contents.push({
          content: Buffer.concat(chunks),
          type: data.contentType || 'text/plain',
          cid: data.cid ?? null,
          disposition: data.contentDisposition ?? null,
        });
        data.release();
      });
    });
    parser.once('error', (error: Error & { code?: string }) => {
      const tooManyParts = error.code === 'EMAXLEN';
      notice(tooManyParts ? 'parts_left_out' : 'broken_structure');
      finish(tooManyParts);
    });
    parser.once('end', () => finish(false));
    parser.write(head);
    parser.end(body);
  });
}

type FoundLeaf = { node: TreeNode; within: Leaf['within'] };

/** Leaves in the order in which the parser meets them, with the multiparts around each. Iterative: depth is hostile. */
function leafNodes(root: TreeNode): FoundLeaf[] {
  const found: FoundLeaf[] = [];
  const open: FoundLeaf[] = [{ node: root, within: [] }];
  let id = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const type = next.node.contentType || 'text/plain';
    if (!type.startsWith('multipart/')) {
      found.push(next);
      continue;
    }
    const within = [...next.within.slice(-20), { type, id: id++ }];
    for (const child of next.node.children.toReversed()) open.push({ node: child, within });
  }
  return found;
}

function leafOf(
  {
    content,
    type,
    cid,
    disposition,
  }: { content: Buffer; type: string; cid: string | null; disposition: string | null },
  found: FoundLeaf | undefined,
): Leaf {
  const node = found?.node;
  return {
    type: type.toLowerCase(),
    disposition,
    charset: node?.charset ?? null,
    flowed: node?.node.flowed ?? false,
    delSp: node?.node.delSp ?? false,
    filename: node?.node.filename || null,
    headerLines: node?.headerLines?.map(({ line }) => line) ?? [],
    cid: cid || null,
    within: found?.within ?? [],
    content,
  };
}

function rootType(headers: Map<string, unknown>): ParsedMail['contentType'] {
  const found = headers.get('content-type');
  if (found && typeof found === 'object' && 'value' in found && 'params' in found) {
    return found as ParsedMail['contentType'];
  }
  return { value: 'text/plain', params: {} };
}
