import { AppError } from '../contract/errors.ts';

/** A refusal as GeoReport words it: a list of `{code, description}` with the HTTP status. */
export class Open311Error extends Error {
  readonly status: number;

  constructor(status: 400 | 403 | 404 | 429 | 500, description: string) {
    super(description);
    this.name = 'Open311Error';
    this.status = status;
  }
}

/** What our own refusals mean to a program that speaks Open311. */
export function asOpen311Error(error: unknown): Open311Error {
  if (error instanceof Open311Error) return error;
  if (error instanceof AppError) {
    if (error.code === 'outside_city') return new Open311Error(400, 'The place lies outside this jurisdiction.');
    if (error.code === 'place_required') return new Open311Error(400, 'lat and long, or address_string, are required.');
    if (error.code === 'answer_required') return new Open311Error(400, `An answer is required: ${asked(error)}`);
    if (error.code === 'answer_unreadable') return new Open311Error(400, `The answer does not fit: ${asked(error)}`);
    if (error.code === 'rate_limited') return new Open311Error(429, 'Too many requests. Wait and try again.');
    if (error.code === 'not_found') return new Open311Error(404, 'There is nothing there.');
    if (error.code !== 'internal') return new Open311Error(400, 'The request could not be read.');
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  return status < 500
    ? new Open311Error(400, 'The request could not be read.')
    : new Open311Error(500, 'Something failed on our side and has been recorded.');
}

const asked = ({ details }: AppError): string => String(details?.question ?? '');
