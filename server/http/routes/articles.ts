import { contentChanges } from '../../content/content-changes.ts';
import { listArticles, openArticle } from '../../content/read-articles.ts';
import { restoreArticle, saveArticle } from '../../content/save-article.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import type { Register } from '../register.ts';

export function articleRoutes(register: Register, context: AppContext): void {
  const { database, city, clock } = context;
  const change = contentChanges(context);

  register(api.listArticles, () => listArticles(database.db, city, clock.now()));

  register(api.openArticle, ({ params }) => openArticle(database.db, city, clock.now(), params.id));

  register(api.saveArticle, ({ params, body, origin }) =>
    change((unit) => saveArticle(unit, city, origin, params.id, body)),
  );

  register(api.restoreArticle, ({ params, body, origin }) =>
    change((unit) => restoreArticle(unit, city, origin, params.id, body)),
  );
}
