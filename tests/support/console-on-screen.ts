import type { Locator, Page } from 'playwright-core';
import { SAMPLE_PASSWORD } from './contact-centre.ts';

/** The console as an operator uses it: by what is written on it, in Spanish. */
export interface ConsoleOnScreen {
  /** Signs in somebody of the sample city, by the first part of their e-mail, on the way to a path below `/console`. */
  signIn(name: string, path?: string): Promise<void>;
  goAvailable(): Promise<void>;
  goAway(): Promise<void>;
  /** What is done with stays on screen; the next contact does not open itself. */
  staysPut(): Promise<void>;
  /** Puts the telephone on the desk: calls may come. */
  takeCalls(): Promise<void>;
  /** The call that is spoken. */
  call: Locator;
  /** The button that shows the presence and opens its menu. */
  presence: Locator;
  offer: Locator;
  /** Waits for an offer and takes it; the ticket opens by itself. */
  acceptOffer(): Promise<void>;
  conversation: Locator;
  /** Rows of the list in view. */
  rows: Locator;
  tab(name: string): Locator;
  timeline: Locator;
  /** Mails in the timeline by who wrote them. */
  mailsBy(name: string): Locator;
  reply: Locator;
  note: Locator;
  dialog: Locator;
  citizen: Locator;
  /** Waits for words in the timeline. */
  reads(text: string | RegExp): Promise<void>;
  /** Writes a reply and sends it by Enter. */
  say(text: string): Promise<void>;
  /** Writes an answer by mail and sends it by its own keys. */
  write(text: string): Promise<void>;
  /** Opens a ticket that waits, and takes it. */
  take(ticketId: string): Promise<void>;
  /** Presses a key where no text is being written. */
  press(...keys: string[]): Promise<void>;
}

export function consoleOnScreen(page: Page): ConsoleOnScreen {
  const timeline = page.getByRole('log', { name: 'Mensajes' });
  const reply = page.getByLabel('Respuesta', { exact: true });
  const presence = page
    .getByRole('navigation', { name: 'Secciones' })
    .locator('button[aria-haspopup=menu]:not([role=menuitem])');
  const conversation = page.getByRole('region', { name: 'Conversación' });
  const offer = page.getByRole('region', { name: 'Nuevo contacto' });
  async function choosePresence(name: string) {
    await presence.click();
    await page.getByRole('menuitemcheckbox', { name }).click();
    await presence.getByText(name).waitFor();
  }
  return {
    async signIn(name, path = '/') {
      await page.goto(`/console/sign-in?next=${encodeURIComponent(path)}`);
      await page.getByLabel('Correo').fill(`${name}@veracruz.example.org`);
      await page.getByLabel('Contraseña').fill(SAMPLE_PASSWORD);
      await page.getByRole('button', { name: 'Entrar' }).click();
      await presence.waitFor();
    },
    goAvailable: () => choosePresence('Disponible'),
    goAway: () => choosePresence('En pausa'),
    async staysPut() {
      await presence.click();
      await page.getByRole('menuitemcheckbox', { name: 'Abrir el siguiente contacto' }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
    },
    async takeCalls() {
      await presence.click();
      const item = page.getByRole('menuitemcheckbox', { name: 'Recibir llamadas' });
      await item.waitFor();
      // They may have said so on another page: it stays so.
      if (await item.and(page.locator('[aria-checked=true]')).isVisible()) await page.keyboard.press('Escape');
      else await item.click();
      await presence.getByText('Recibir llamadas').waitFor();
    },
    call: page.getByRole('region', { name: 'Llamada en curso' }),
    presence,
    offer,
    async acceptOffer() {
      const name = (await offer.getByRole('heading').textContent()) ?? '';
      await offer.getByRole('button', { name: 'Aceptar' }).click();
      await conversation.getByRole('heading', { name }).waitFor();
      await reply.waitFor();
    },
    conversation,
    rows: page.getByRole('region', { name: 'Lista de contactos' }).getByRole('listitem'),
    tab: (name) => page.getByRole('navigation', { name: 'Listas' }).getByRole('button', { name }),
    timeline,
    mailsBy: (name) => timeline.getByRole('article', { name: new RegExp(`^${name}, \\d`) }),
    reply,
    note: page.getByLabel('Nota interna', { exact: true }),
    dialog: page.getByRole('dialog'),
    citizen: page.getByRole('complementary', { name: 'Ficha de la persona' }),
    reads: (text) => timeline.getByText(text).first().waitFor(),
    async say(text) {
      await reply.fill(text);
      await reply.press('Enter');
    },
    async write(text) {
      await reply.fill(text);
      await reply.press('Control+Enter');
    },
    async take(ticketId) {
      await page.goto(`/console/tickets/${ticketId}?view=mine`);
      await conversation.getByRole('button', { name: 'Tomar', exact: true }).first().click();
      await reply.waitFor();
    },
    async press(...keys) {
      await page.evaluate('document.activeElement.blur()');
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}
