import { study } from './learn.ts';

process.once('message', (lessons) => {
  process.send?.(study(lessons as Parameters<typeof study>[0]), () => process.disconnect());
});
