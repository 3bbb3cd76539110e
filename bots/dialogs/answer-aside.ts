import type { DialogStack } from './dialog.ts';
import { asksHowLong, asksWhyData, looksLikeQuestion } from './hearing/question.ts';
import type { Report } from './report/report.ts';
import { reportDialog } from './report/report-dialog.ts';
import { type Act, after, entryOf, phrase, type Scene, say, titleOf } from './scene.ts';
import { statusDialog } from './status/status-dialog.ts';
import { articlesOf } from './topic/topic-dialog.ts';

/** A question in the midst of a dialog is answered, then what is open is asked again; null when it is none. */
export async function answerAside(scene: Scene, stack: DialogStack): Promise<Act | null> {
  const { heard, meaning } = scene;
  const picked = heard.choice !== null;
  if (!picked && !looksLikeQuestion(heard.text)) return null;
  const about = meaning.certainty === 'sure' ? entryOf(scene, meaning.id) : null;
  if (about?.id === 'estatus-folio') {
    return stack.active?.id === statusDialog.id ? null : stack.begin(statusDialog, scene, null);
  }
  if (about?.kind === 'topic') return thenAgain(scene, stack, await tell(scene, about.id));
  if (picked) return null;
  if (asksWhyData(heard.text)) return thenAgain(scene, stack, { ...nothing(scene), replies: [[privacy(scene)]] });
  const serviceId = reportedIn(stack);
  if (serviceId && asksHowLong(heard.text)) return thenAgain(scene, stack, promise(scene, serviceId));
  return null;
}

async function thenAgain(scene: Scene, stack: DialogStack, act: Act): Promise<Act> {
  return after(act, await stack.repeat({ ...scene, memory: act.memory }));
}

async function tell(scene: Scene, id: string): Promise<Act> {
  const articles = await articlesOf(scene, [id]);
  const { seen } = scene.memory;
  const replies =
    articles.length > 0
      ? articles.map(({ reply }) => [reply])
      : [[say(scene, 'bot.no_answer_now', { title: titleOf(scene, id) })]];
  return { replies, memory: { ...scene.memory, seen: [...new Set([...seen, ...articles.map((one) => one.id)])] } };
}

function privacy(scene: Scene) {
  return { type: 'text' as const, text: scene.desk.privacy(scene.locale).text };
}

function promise(scene: Scene, serviceId: string): Act {
  const days = entryOf(scene, serviceId)?.workingDays ?? 0;
  const text = phrase(scene, days === 1 ? 'report.takes_one' : 'report.takes', {
    title: titleOf(scene, serviceId),
    days: String(days),
  });
  return { ...nothing(scene), replies: [[{ type: 'text', text }]] };
}

function nothing({ memory }: Scene): Act {
  return { replies: [], memory };
}

function reportedIn(stack: DialogStack): string | null {
  const current = stack.saved().at(-1);
  return current?.id === reportDialog.id ? (current.slots as Report).serviceId : null;
}
