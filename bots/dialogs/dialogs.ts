import { dangerCheckDialog } from './danger/danger-check-dialog.ts';
import { reportDialog } from './report/report-dialog.ts';
import { statusDialog } from './status/status-dialog.ts';
import { topicDialog } from './topic/topic-dialog.ts';
import { moreDialog } from './voice/more-dialog.ts';
import { textDialog } from './voice/text-dialog.ts';

/** Everything the bot can do over several turns. */
export const dialogs = [topicDialog, reportDialog, statusDialog, dangerCheckDialog, textDialog, moreDialog] as const;
