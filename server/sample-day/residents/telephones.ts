import type { RunningServer } from '../../main.ts';

/** The emulated telephone companies and networks of a running server. */
export type Simulator = NonNullable<RunningServer['simulator']>;
