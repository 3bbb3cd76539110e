import type { Page } from 'playwright-core';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';

/** A screen as somebody sees it who has just come to it. */
export interface Screen {
  /** Of its files, in `docs/images/screens`. */
  name: string;
  title: string;
  /** Who looks: a resident, or somebody of the sample city by the first part of their e-mail. */
  who: 'resident' | 'ana' | 'elena' | 'fernando' | 'gabriela';
  path: string;
  /** There is none of it on a phone. */
  deskOnly?: true;
  /** What is done before the picture is taken. */
  arrange?(page: Page): Promise<void>;
}

const openChat = (page: Page) => chatOnScreen(page).open();

const firstContact = async (page: Page) => {
  const desk = consoleOnScreen(page);
  await desk.rows.first().getByRole('link').click();
  await desk.timeline.waitFor();
};

const wall = (page: Page) => page.getByRole('button', { name: 'Modo muro' }).click();

/** In the order in which a newcomer would look. */
export const screens: readonly Screen[] = [
  { name: 'home', title: "The residents' page", who: 'resident', path: '/' },
  { name: 'chat', title: 'The chat', who: 'resident', path: '/', arrange: openChat },
  { name: 'simulator', title: 'Telephones to play resident with', who: 'resident', path: '/simulator' },
  { name: 'sign-in', title: 'Signing in', who: 'resident', path: '/console/sign-in' },
  {
    name: 'inbox',
    title: 'A conversation, with the list beside it and what is known of the citizen',
    who: 'elena',
    path: '/console/?view=all',
    arrange: firstContact,
  },
  { name: 'calls', title: 'Telephone calls', who: 'elena', path: '/console/calls' },
  { name: 'cases', title: 'Cases', who: 'elena', path: '/console/cases' },
  { name: 'case-map', title: 'Cases on the map', who: 'elena', path: '/console/cases?view=map' },
  { name: 'case-board', title: 'What departments owe', who: 'elena', path: '/console/cases?view=board' },
  { name: 'department', title: "A department's cases", who: 'gabriela', path: '/console/cases' },
  { name: 'broadcasts', title: 'Notices to followers', who: 'elena', path: '/console/broadcasts' },
  { name: 'board', title: "The supervisor's board", who: 'elena', path: '/console/board' },
  { name: 'wall', title: 'The board on a wall', who: 'elena', path: '/console/board', deskOnly: true, arrange: wall },
  { name: 'reports', title: 'Reports', who: 'elena', path: '/console/reports' },
  { name: 'forecast', title: 'Forecast and staffing', who: 'elena', path: '/console/forecast' },
  ...settings([
    ['people', 'People'],
    ['queues', 'Queues'],
    ['routing', 'Who is asked to take what'],
    ['canned-replies', 'Canned replies'],
    ['macros', 'Macros'],
    ['articles', 'Articles'],
    ['learning', 'What the bot learns'],
    ['chat', 'The chat'],
    ['mail', 'Mailboxes'],
    ['channels', 'Accounts of channels'],
    ['integrations', 'Keys and webhooks'],
    ['audit', 'Who changed what'],
  ]),
];

function settings(pages: readonly (readonly [string, string])[]): Screen[] {
  return pages.map(([page, title]) => ({
    name: `settings-${page}`,
    title: `Settings: ${title}`,
    who: 'fernando',
    path: `/console/settings/${page}`,
  }));
}
