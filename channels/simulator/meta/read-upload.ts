import type { FastifyRequest } from 'fastify';
import { GraphError } from './graph-error.ts';

export interface Upload {
  fields: Record<string, string | undefined>;
  file: { bytes: Buffer; mimeType: string; name: string } | null;
}

/** A form with a file. @throws GraphError */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new GraphError('missing', 'file');
  const upload: Upload = { fields: {}, file: null };
  for await (const part of request.parts()) {
    if (part.type === 'field') upload.fields[part.fieldname] = String(part.value);
    else upload.file = { bytes: await part.toBuffer(), mimeType: part.mimetype, name: part.filename };
  }
  return upload;
}
