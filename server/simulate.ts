/**
 * `npm run simulate`: the emulated providers by themselves, for a server elsewhere on this machine; with `--day`, a
 * whole day of the city played through a server of its own.
 */
await (process.argv.includes('--day') ? import('./sample-day/command.ts') : import('../channels/simulator/main.ts'));
