import { listDepartments, openDepartment } from '../../content/departments/read-departments.ts';
import { createDepartment, restoreDepartment, saveDepartment } from '../../content/departments/save-department.ts';
import { listPhrases, openPhrase, restorePhrase, savePhrase } from '../../content/phrases/edit-phrases.ts';
import { listServices, openService } from '../../content/services/read-services.ts';
import { createService, restoreService, saveService } from '../../content/services/save-service.ts';
import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import type { Register } from '../register.ts';

/** Services, departments and sentences: a layer over the city's files. */
export function cityContentRoutes(register: Register, { database, unitOfWork, content }: AppContext): void {
  const { db } = database;
  const { base } = content;

  register(api.listServices, () => listServices(db, base));
  register(api.openService, ({ params }) => openService(db, base, params.id));
  register(api.createService, ({ body, origin }) => unitOfWork((unit) => createService(unit, base, origin, body)));
  register(api.saveService, ({ params, body, origin }) =>
    unitOfWork((unit) => saveService(unit, base, origin, params.id, body)),
  );
  register(api.restoreService, ({ params, body, origin }) =>
    unitOfWork((unit) => restoreService(unit, base, origin, params.id, body)),
  );

  register(api.listDepartments, () => listDepartments(db, base));
  register(api.openDepartment, ({ params }) => openDepartment(db, base, params.id));
  register(api.createDepartment, ({ body, origin }) =>
    unitOfWork((unit) => createDepartment(unit, base, origin, body)),
  );
  register(api.saveDepartment, ({ params, body, origin }) =>
    unitOfWork((unit) => saveDepartment(unit, base, origin, params.id, body)),
  );
  register(api.restoreDepartment, ({ params, body, origin }) =>
    unitOfWork((unit) => restoreDepartment(unit, base, origin, params.id, body)),
  );

  register(api.listPhrases, () => listPhrases(db, base));
  register(api.openPhrase, ({ params }) => openPhrase(db, base, params.key));
  register(api.savePhrase, ({ params, body, origin }) =>
    unitOfWork((unit) => savePhrase(unit, base, origin, params.key, body)),
  );
  register(api.restorePhrase, ({ params, body, origin }) =>
    unitOfWork((unit) => restorePhrase(unit, base, origin, params.key, body)),
  );
}
