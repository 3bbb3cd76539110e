import { answerAside } from './ask-aside.ts';
import { study } from './learn.ts';

answerAside(study);
