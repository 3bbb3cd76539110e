import type { Unit, UnitOfWork } from '../database/unit-of-work.ts';
import type { LiveContent } from './live-content.ts';

/** How content is changed: whoever changes something finds it changed, since the answer comes once this server knows. */
export function contentChanges({ unitOfWork, content }: { unitOfWork: UnitOfWork; content: LiveContent }) {
  return async <T>(work: (unit: Unit) => Promise<T>): Promise<T> => {
    const changed = await unitOfWork(work);
    // What is saved is saved: a look that fails is followed by the next one.
    await content.refresh().catch(() => undefined);
    return changed;
  };
}
