import type { Page } from 'playwright-core';
import { casesOnScreen } from '../support/cases-on-screen.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { until } from '../support/until.ts';

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

const misspell = async (page: Page) => {
  await firstContact(page);
  await page.keyboard.press('n');
  await consoleOnScreen(page).note.fill('Le falta la informacion del tramite; nesesita su clave');
  // By the time there is a menu, the words are underlined.
  await page.locator('.spelling-mirror').waitFor({ state: 'attached' });
  await until(
    async () => {
      // Pressed again before the menu has come it would go on to the next word.
      await page.keyboard.press('F7');
      await page.getByRole('menuitem').first().waitFor({ timeout: 3_000 });
      return true;
    },
    { what: 'the proposals' },
  );
};

const mergeFirst = async (page: Page) => {
  await firstContact(page);
  await page.keyboard.press('m');
  await consoleOnScreen(page).dialog.waitFor();
};

const followUp = async (page: Page) => {
  await firstContact(page);
  const { dialog } = consoleOnScreen(page);
  await page.keyboard.press('d');
  await dialog.getByLabel('Qué hay que revisar').fill('Preguntar si ya pasó la cuadrilla');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.goto('/console/?list=follow-ups');
  await page.getByRole('region', { name: 'Seguimientos' }).getByRole('listitem').first().waitFor();
};

const firstReview = async (page: Page) => {
  await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
  await page.getByRole('form', { name: 'Formulario de calificación' }).waitFor();
};

const citizenPage = async (page: Page) => {
  await firstContact(page);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.waitForURL(/citizens/);
  await page.getByRole('heading', { level: 1 }).waitFor();
};

const firstCase = async (page: Page) => {
  await casesOnScreen(page).rows.first().getByRole('link').click();
  await casesOnScreen(page).story.waitFor();
};

const newCase = async (page: Page) => {
  await firstContact(page);
  await page.keyboard.press('c');
  await page.getByRole('dialog').waitFor();
};

const seek = async (page: Page) => {
  await firstContact(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('fuga');
  await page.getByRole('option').nth(3).waitFor();
};

const help = async (page: Page) => {
  await firstContact(page);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
};

const colleague = async (page: Page) => {
  await firstContact(page);
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  const { dialog } = consoleOnScreen(page);
  await dialog.getByRole('button', { name: /^Ana Ruiz/ }).click();
  const words = 'Cuando termines, ¿tomas los del agua?';
  const message = dialog.getByRole('article').first();
  await message.or(dialog.getByText('Todavía no se escriben')).waitFor();
  await dialog.getByRole('textbox').fill(words);
  // The same is said once, however many pictures are taken.
  if (!(await message.isVisible())) await page.keyboard.press('Enter');
  await message.waitFor();
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
  {
    name: 'ticket-merge',
    title: 'Two contacts that are one matter',
    who: 'elena',
    path: '/console/?view=mine',
    deskOnly: true,
    arrange: mergeFirst,
  },
  {
    name: 'spelling',
    title: 'A word that is misspelt, and what was probably meant',
    who: 'elena',
    path: '/console/?view=all',
    deskOnly: true,
    arrange: misspell,
  },
  { name: 'follow-ups', title: 'What was promised', who: 'elena', path: '/console/?view=mine', arrange: followUp },
  {
    name: 'commands',
    title: 'The command bar',
    who: 'elena',
    path: '/console/?view=all',
    deskOnly: true,
    arrange: seek,
  },
  { name: 'keys', title: 'Every key', who: 'elena', path: '/console/?view=all', deskOnly: true, arrange: help },
  { name: 'citizen', title: 'A citizen', who: 'elena', path: '/console/?view=all', arrange: citizenPage },
  { name: 'team', title: 'Colleagues', who: 'elena', path: '/console/?view=all', arrange: colleague },
  { name: 'calls', title: 'Telephone calls', who: 'elena', path: '/console/calls' },
  { name: 'cases', title: 'Cases', who: 'elena', path: '/console/cases' },
  { name: 'case', title: 'A case', who: 'elena', path: '/console/cases', arrange: firstCase },
  { name: 'case-new', title: 'A report is taken', who: 'elena', path: '/console/?view=all', arrange: newCase },
  { name: 'case-map', title: 'Cases on the map', who: 'elena', path: '/console/cases?view=map' },
  { name: 'case-board', title: 'What departments owe', who: 'elena', path: '/console/cases?view=board' },
  { name: 'department', title: "A department's cases", who: 'gabriela', path: '/console/cases' },
  { name: 'broadcasts', title: 'Notices to followers', who: 'elena', path: '/console/broadcasts' },
  { name: 'board', title: "The supervisor's board", who: 'elena', path: '/console/board' },
  { name: 'wall', title: 'The board on a wall', who: 'elena', path: '/console/board', deskOnly: true, arrange: wall },
  { name: 'reports', title: 'Reports', who: 'elena', path: '/console/reports' },
  {
    name: 'report-schedules',
    title: 'Reports that go out by themselves',
    who: 'elena',
    path: '/console/reports/schedules',
  },
  { name: 'forecast', title: 'Forecast and staffing', who: 'elena', path: '/console/forecast' },
  { name: 'quality', title: 'Contacts to score', who: 'elena', path: '/console/quality' },
  {
    name: 'quality-review',
    title: "A contact scored by the city's form",
    who: 'elena',
    path: '/console/quality',
    arrange: firstReview,
  },
  { name: 'quality-plans', title: 'How contacts to score are drawn', who: 'elena', path: '/console/quality/plans' },
  { name: 'quality-figures', title: 'What scores came to', who: 'elena', path: '/console/quality/figures' },
  { name: 'quality-calibrations', title: 'Calibration', who: 'elena', path: '/console/quality/calibrations' },
  { name: 'quality-form', title: 'The form of quality', who: 'fernando', path: '/console/quality/form' },
  { name: 'account', title: 'My account', who: 'ana', path: '/console/account' },
  ...settings([
    ['people', 'People'],
    ['roles', 'Roles and what each may do'],
    ['queues', 'Queues'],
    ['routing', 'Who is asked to take what'],
    ['services', 'Services'],
    ['services/bache', 'A service and what it asks'],
    ['departments', 'Departments'],
    ['phrases', 'Sentences'],
    ['canned-replies', 'Canned replies'],
    ['macros', 'Macros'],
    ['articles', 'Articles'],
    ['learning', 'What the bot learns'],
    ['chat', 'The chat'],
    ['mail', 'Mailboxes'],
    ['channels', 'Accounts of channels'],
    ['integrations', 'Keys and webhooks'],
    ['data/requests', 'What people ask about their data'],
    ['data/retention', 'For how long data are kept'],
    ['data/import', 'Files of other systems'],
    ['data/receipts', 'Backups and receipts'],
    ['audit', 'Who changed what'],
  ]),
];

function settings(pages: readonly (readonly [string, string])[]): Screen[] {
  return pages.map(([page, title]) => ({
    name: `settings-${page.replace('/', '-')}`,
    title: `Settings: ${title}`,
    who: 'fernando',
    path: `/console/settings/${page}`,
  }));
}
