import { Foundations } from './20261122000000-foundations.ts';
import { Desk } from './20261122000100-desk.ts';
import { BotTickets } from './20261123000000-bot-tickets.ts';
import { Email } from './20261124000000-email.ts';
import { Cases } from './20261125000000-cases.ts';
import { Learning } from './20261125000100-learning.ts';
import { BotFramework } from './20261125000200-bot-framework.ts';
import { Messaging } from './20261126000000-messaging.ts';
import { Calls } from './20261127000000-calls.ts';
import { Routing } from './20261128000000-routing.ts';
import { Inbox } from './20261128000100-inbox.ts';
import { Reports } from './20261128000200-reports.ts';
import { Board } from './20261128000300-board.ts';
import { SampleDayMigration } from './20261128000400-sample-day.ts';
import { Administration } from './20261128000500-administration.ts';
import { ChatLinks } from './20261128000600-chat-links.ts';
import { CitizenOnOneScreen } from './20261128000700-citizen.ts';

/** In order, forward only: a released migration is never edited, the next one corrects it. */
export const migrations = [
  { name: '20261122000000-foundations', class: Foundations },
  { name: '20261122000100-desk', class: Desk },
  { name: '20261123000000-bot-tickets', class: BotTickets },
  { name: '20261124000000-email', class: Email },
  { name: '20261125000000-cases', class: Cases },
  { name: '20261125000100-learning', class: Learning },
  { name: '20261125000200-bot-framework', class: BotFramework },
  { name: '20261126000000-messaging', class: Messaging },
  { name: '20261127000000-calls', class: Calls },
  { name: '20261128000000-routing', class: Routing },
  { name: '20261128000100-inbox', class: Inbox },
  { name: '20261128000200-reports', class: Reports },
  { name: '20261128000300-board', class: Board },
  { name: '20261128000400-sample-day', class: SampleDayMigration },
  { name: '20261128000500-administration', class: Administration },
  { name: '20261128000600-chat-links', class: ChatLinks },
  { name: '20261128000700-citizen', class: CitizenOnOneScreen },
];
