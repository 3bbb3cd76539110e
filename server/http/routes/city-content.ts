import { contentChanges } from '../../content/content-changes.ts';
import { listDepartments, openDepartment } from '../../content/departments/read-departments.ts';
import { createDepartment, restoreDepartment, saveDepartment } from '../../content/departments/save-department.ts';
import { listPhrases, openPhrase, restorePhrase, savePhrase } from '../../content/phrases/edit-phrases.ts';
import { listServices, openService } from '../../content/services/read-services.ts';
import { createService, restoreService, saveService } from '../../content/services/save-service.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import type { Register } from '../register.ts';

/** Services, departments and sentences: a layer over the city's files. */
export function cityContentRoutes(register: Register, context: AppContext): void {
  const { db } = context.database;
  const { base } = context.content;
  const change = contentChanges(context);

  register(api.listServices, () => listServices(db, base));
  register(api.openService, ({ params }) => openService(db, base, params.id));
  register(api.createService, ({ body, origin }) => change((unit) => createService(unit, base, origin, body)));
  register(api.saveService, ({ params, body, origin }) =>
    change((unit) => saveService(unit, base, origin, params.id, body)),
  );
  register(api.restoreService, ({ params, body, origin }) =>
    change((unit) => restoreService(unit, base, origin, params.id, body)),
  );

  register(api.listDepartments, () => listDepartments(db, base));
  register(api.openDepartment, ({ params }) => openDepartment(db, base, params.id));
  register(api.createDepartment, ({ body, origin }) => change((unit) => createDepartment(unit, base, origin, body)));
  register(api.saveDepartment, ({ params, body, origin }) =>
    change((unit) => saveDepartment(unit, base, origin, params.id, body)),
  );
  register(api.restoreDepartment, ({ params, body, origin }) =>
    change((unit) => restoreDepartment(unit, base, origin, params.id, body)),
  );

  register(api.listPhrases, () => listPhrases(db, base));
  register(api.openPhrase, ({ params }) => openPhrase(db, base, params.key));
  register(api.savePhrase, ({ params, body, origin }) =>
    change((unit) => savePhrase(unit, base, origin, params.key, body)),
  );
  register(api.restorePhrase, ({ params, body, origin }) =>
    change((unit) => restorePhrase(unit, base, origin, params.key, body)),
  );
}
