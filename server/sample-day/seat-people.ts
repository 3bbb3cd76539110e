import { type ConsoleApi, signIn } from './operators/console-api.ts';
import type { StaffMember } from './plan/staff.ts';
import type { Stage } from './stage.ts';

/** Somebody of the city, signed in. */
export interface Seated {
  member: StaffMember;
  id: string;
  console: ConsoleApi;
}

/** A password takes a processor a while to try. */
const AT_ONCE = 4;

/** Everybody signs in, each where they sit, before the day begins. */
export async function seatPeople(stage: Stage, staff: readonly StaffMember[], password: string): Promise<Seated[]> {
  const rows = await stage.server.context.database.db.selectFrom('operator').select(['id', 'email']).execute();
  const idOf = new Map(rows.map(({ id, email }) => [email, id]));
  const seat = async (member: StaffMember): Promise<Seated> => {
    const { index, person } = member;
    const address = `10.0.${index >> 8}.${index & 255}`;
    return {
      member,
      id: idOf.get(person.email) ?? '',
      console: await signIn(stage.url, person.email, password, address),
    };
  };
  const seated: Seated[] = [];
  for (let first = 0; first < staff.length; first += AT_ONCE) {
    seated.push(...(await Promise.all(staff.slice(first, first + AT_ONCE).map(seat))));
  }
  return seated;
}
