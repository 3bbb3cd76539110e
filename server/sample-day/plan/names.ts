import type { Chance } from '../chance.ts';

const WOMEN = [
  'Ana Laura',
  'Beatriz',
  'Carolina',
  'Daniela',
  'Elizabeth',
  'Fabiola',
  'Guadalupe',
  'Irma',
  'Josefina',
  'Karla',
  'Leticia',
  'María José',
  'Norma',
  'Olga',
  'Patricia',
  'Rocío',
  'Silvia',
  'Teresa',
  'Verónica',
  'Yolanda',
  'Ximena',
  'Alejandra',
  'Brenda',
  'Claudia',
  'Dulce',
  'Esther',
  'Gabriela',
  'Itzel',
  'Lorena',
  'Mariana',
];
const MEN = [
  'Alberto',
  'Benjamín',
  'Carlos',
  'Diego',
  'Eduardo',
  'Francisco',
  'Gerardo',
  'Héctor',
  'Iván',
  'Joaquín',
  'Luis Ángel',
  'Manuel',
  'Néstor',
  'Óscar',
  'Pedro',
  'Ricardo',
  'Salvador',
  'Tomás',
  'Ulises',
  'Víctor',
  'Adrián',
  'Bruno',
  'César',
  'Ernesto',
  'Felipe',
  'Hugo',
  'Jorge',
  'Leonardo',
  'Miguel',
  'Rubén',
];
const FAMILIES = [
  'Aguirre',
  'Báez',
  'Cházaro',
  'Domínguez',
  'Escobar',
  'Fuentes',
  'García',
  'Hernández',
  'Ibarra',
  'Jácome',
  'Lagunes',
  'Malpica',
  'Morales',
  'Ortiz',
  'Pérez',
  'Quiroz',
  'Ramón',
  'Rivera',
  'Sánchez',
  'Tejeda',
  'Uscanga',
  'Vela',
  'Zamudio',
  'Carvajal',
  'Cruz',
  'Delfín',
  'Gutiérrez',
  'Montero',
  'Palacios',
  'Reyes',
  'Rosas',
  'Solís',
  'Torres',
  'Utrera',
  'Valencia',
  'Yépez',
  'Medina',
  'Herrera',
  'Contreras',
  'Velázquez',
];

/** A name as people in this city bear it; of nobody. */
export const aName = (chance: Chance): string =>
  `${chance.pick(chance.happens(0.56) ? WOMEN : MEN)} ${chance.pick(FAMILIES)} ${chance.pick(FAMILIES)}`;

/** First name and family, as people introduce themselves. */
export const shortName = (name: string): string => {
  const words = name.split(' ');
  return words.slice(0, -1).join(' ');
};

/** `Verónica Báez` → `veronica.baez` */
export const asAddress = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');
