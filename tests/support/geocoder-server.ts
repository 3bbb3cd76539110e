import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GeocoderServer {
  url: string;
  /** What was asked so far. */
  questions: { query: URLSearchParams; userAgent: string | undefined; at: number }[];
  /** What is answered to an address that contains the words; `broken` is no JSON, `silent` no answer at all. */
  answers: Map<string, { lat: string; lon: string; category?: string; house?: string } | 'broken' | 'silent'>;
  stop(): Promise<void>;
}

/** A geocoder in the manner of Nominatim, with a few addresses. */
export async function startGeocoder(): Promise<GeocoderServer> {
  const questions: GeocoderServer['questions'] = [];
  const answers: GeocoderServer['answers'] = new Map();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/search') return response.writeHead(404).end();
    questions.push({ query: searchParams, userAgent: request.headers['user-agent'], at: performance.now() });
    const asked = searchParams.get('q') ?? '';
    const found = [...answers].find(([words]) => asked.includes(words))?.[1];
    if (found === 'silent') return undefined;
    response.setHeader('content-type', 'application/json');
    if (found === 'broken') return response.end('<html>');
    const places = found
      ? [{ ...found, address: found.house ? { house_number: found.house } : {}, display_name: asked }]
      : [];
    return response.end(JSON.stringify(places));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    questions,
    answers,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
