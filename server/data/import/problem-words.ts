import type { ImportProblem } from '../../contract/data-import.ts';

/** What is wrong with a row, in words, for the file that goes back to whoever keeps the other system. */
export const problemWords: Readonly<Record<ImportProblem['code'], string>> = {
  missing: 'falta',
  bad_phone: 'no es un teléfono',
  bad_email: 'no es un correo',
  bad_curp: 'no es una CURP válida',
  bad_date: 'no es una fecha',
  bad_place: 'no es una coordenada',
  outside_city: 'está fuera del municipio',
  unknown_service: 'no hay un servicio que se llame así',
  unknown_department: 'no hay una dependencia que se llame así',
  unknown_status: 'no se reconoce ese estado',
  protected_service: 'es un asunto protegido: se captura a mano',
  twice_in_file: 'el mismo identificador ya venía más arriba',
  too_long: 'es demasiado largo',
  closed_before_opened: 'se cerró antes de abrirse',
  in_the_future: 'es una fecha que no ha llegado',
};
