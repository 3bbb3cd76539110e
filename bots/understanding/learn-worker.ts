import { parentPort, workerData } from 'node:worker_threads';
import { study } from './learn.ts';

const learnt = study(workerData);
parentPort?.postMessage(learnt, [learnt.weights.buffer, learnt.bias.buffer]);
