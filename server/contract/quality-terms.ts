// Free of schemas, so that a browser can load it alone.

/** yes-no: it was done or not · scale: 0 (not at all) to 5 (as well as can be). */
export const questionKinds = ['yes-no', 'scale'] as const;
export type QuestionKind = (typeof questionKinds)[number];
export const SCALE_MOST = 5;

/** On which contacts a question is asked: tone of voice means nothing in a mail. */
export const questionScopes = ['all', 'spoken', 'written'] as const;
export type QuestionScope = (typeof questionScopes)[number];

/** open: somebody is to score it · published: scored, and its operator has been told · dropped: left out, with a reason. */
export const reviewStates = ['open', 'published', 'dropped'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** What the operator said against a review, and what came of it. */
export const appealStates = ['none', 'open', 'kept', 'changed'] as const;
export type AppealState = (typeof appealStates)[number];

export const reviewEvents = [
  'created',
  'taken',
  'published',
  'dropped',
  'acknowledged',
  'appealed',
  'decided',
] as const;
export type ReviewEventType = (typeof reviewEvents)[number];

/** `na`: it cannot be said of this contact, and counts nowhere. */
export type AnswerValue = 'yes' | 'no' | 'na' | number;
