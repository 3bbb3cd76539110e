import type { TicketPage } from '../../server/contract/inbox.ts';
import { api } from '../../server/contract/routes.ts';
import { besideFew, type Place, type Question } from './beside-few.ts';
import { loadedTicketId } from './load/make-contacts.ts';
import { RARE_WORDS, rareWord } from './load/make-vocabulary.ts';
import type { Row } from './report.ts';
import type { Stage } from './stage.ts';

const TURNS = 80;

const list = (query: object) => (place: Place) => place.caller.call(api.listTickets, { query });
const search = (words: (turn: number) => string) => async (place: Place, turn: number) => {
  const page: TicketPage = await place.caller.call(api.listTickets, { query: { q: words(turn) } });
  return page;
};
const common = ['bache', 'basura', 'luminaria', 'hola', 'predial', 'buenos', 'zaragoza'];
const names = ['hernández', 'maría garcía', 'lupe', 'guadalupe pérez', 'jose cruz', 'utrera'];
/** The same share of both, so that neither asks for what only the other has. */
const someTicket = ({ tickets }: Place, turn: number) => 1 + ((turn * 7_919) % tickets);

const questions: Question[] = [
  { id: 'list_mine', what: 'Inbox: what one holds', ask: list({ view: 'mine' }) },
  { id: 'list_waiting', what: 'Queue: what waits', ask: list({ view: 'waiting' }) },
  { id: 'list_closed', what: 'Inbox: what is closed', ask: list({ view: 'closed' }) },
  { id: 'search_common', what: 'Search: a common word', ask: search((turn) => common[turn % common.length] ?? '') },
  {
    id: 'search_rare',
    what: 'Search: a rare word',
    ask: search((turn) => rareWord(RARE_WORDS / 2 + ((turn * 487) % (RARE_WORDS / 2)))),
  },
  { id: 'search_name', what: 'Search: a name', ask: search((turn) => names[turn % names.length] ?? '') },
  {
    id: 'search_phone',
    what: 'Search: a telephone',
    ask: search((turn) => `229 ${String((turn * 7_919) % 10_000_000).padStart(7, '0')}`),
  },
  {
    id: 'search_folio',
    what: 'Search: a folio',
    ask: search((turn) => `VER-2025-${String(1 + (turn % 900)).padStart(6, '0')}`),
  },
  {
    id: 'list_filtered',
    what: 'Inbox: closed, four filters',
    ask: list({
      view: 'closed',
      channel: 'whatsapp',
      queueId: 'servicios',
      disposition: 'informado,resuelto',
      rating: '4,5',
    }),
  },
  {
    id: 'open_conversation',
    what: 'Opening a conversation',
    ask: (place, turn) =>
      place.caller.call(api.openTicket, { params: { id: loadedTicketId(someTicket(place, turn)) } }),
  },
];

/** Every list, search and conversation with many contacts beside the same with few, asked in turns. */
export const lists = (stage: Stage, tell: (line: string) => void): Promise<Row[]> =>
  besideFew(stage, questions, { turns: TURNS }, tell);
