import { answerAside } from '../understanding/ask-aside.ts';
import { contentOf } from '../understanding/content.ts';
import type { Comparison } from './compare-aside.ts';
import { compareWith } from './compare-with.ts';

answerAside(({ content, additions }: Comparison) => compareWith(contentOf(content), additions));
