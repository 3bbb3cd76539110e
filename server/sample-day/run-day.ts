import { channelsOf, expectArrivals } from './arrive.ts';
import { createChance } from './chance.ts';
import { createDepartment, type Department, handOutCases } from './departments/department.ts';
import { reportBacklog } from './departments/report-backlog.ts';
import { countDay, type DayFigures } from './figures/count-day.ts';
import { listen } from './listen.ts';
import { createOperator } from './operators/operator.ts';
import { backlogBegins, planBacklog } from './plan/backlog.ts';
import { planDay } from './plan/plan-day.ts';
import { hoursOf, planOthers, planStaff, type StaffMember } from './plan/staff.ts';
import { contactsAYear, type DayChannel } from './plan/volumes.ts';
import { type DayProgress, recur } from './recur.ts';
import { type ScratchCentre, startScratchCentre } from './scratch-centre.ts';
import { type Seated, seatPeople } from './seat-people.ts';
import { createSettling } from './settle.ts';
import { createStage, type Stage } from './stage.ts';
import { createSupervisor } from './supervisors/supervisor.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export interface DayRun {
  seed: number;
  from: Date;
  /** The first instant that does not belong to it. */
  until: Date;
  /** Share of the city's contacts and of its operators. */
  scale: number;
  /** A folder of `cities/`. */
  city: string;
  /** What folios begin with: a sample's are not taken for the city's own. */
  folioPrefix: string;
  channels?: readonly DayChannel[];
  /** New contacts stop so many seconds before the end, so that those there are can be brought to theirs. */
  quietSeconds: number;
  postgresUrl?: string | undefined;
  progress?(progress: DayProgress): void;
  signal?: AbortSignal;
}

/** A day that was played, while its centre still runs, with all that it left in its database. */
export interface PlayedCentre {
  centre: ScratchCentre;
  stage: Stage;
  figures: DayFigures;
}

/**
 * Plays a day of the city through the real server, as fast as the machine can: one happening after the other, and after
 * each the server comes to rest. The same options give the same day.
 */
export async function runDay<T>(run: DayRun, use: (played: PlayedCentre) => Promise<T>): Promise<T> {
  const { from, until, scale } = run;
  const time = createVirtualTime(backlogBegins(from));
  const chance = createChance(run.seed);
  let staff: StaffMember[] = [];
  const centre = await startScratchCentre({
    time,
    city: run.city,
    postgresUrl: run.postgresUrl,
    change(city) {
      const operators = planStaff(city, chance.fork('staff'), scale);
      staff = [...operators, ...planOthers(city, chance.fork('others'), operators.length)];
      return {
        ...city,
        folioPrefix: run.folioPrefix,
        operators: staff.map(({ person }) => person),
        // Of an emulated line nothing can be heard but a murmur.
        calls: { ...city.calls, recording: { ...city.calls.recording, on: false } },
      };
    },
  });
  const { server, city, jobs } = centre;
  const settling = createSettling(jobs, server.context.database.pool);
  try {
    const stage = createStage({ server, url: centre.url, city, time });
    await server.context.bot.prepare?.(server.context.desk);
    const departments = seat(stage, await seatPeople(stage, staff, centre.password), run);
    const operatorsLook = listen(stage);
    const handOut = handOutCases(stage, departments);
    reportBacklog(stage, planBacklog(city, chance.fork('backlog'), from, scale));
    const arrivals = planDay({
      city,
      chance,
      from,
      until: new Date(until.getTime() - run.quietSeconds * 1_000),
      scale,
      channels: channelsOf(stage, run.channels ?? (Object.keys(contactsAYear) as DayChannel[])),
    });
    const callersLook = expectArrivals(stage, arrivals, centre.mailToken);
    recur(stage, run, arrivals.length);
    await settling.settle();

    for (let next = earliest(time, jobs.nextDue()); next && next < until; next = earliest(time, jobs.nextDue())) {
      run.signal?.throwIfAborted();
      time.moveTo(next);
      stage.speaking = null;
      await time.runNext();
      await settling.settle();
      operatorsLook();
      callersLook();
      await handOut();
    }
    // Its last moment: what is asked about today is asked about this day.
    time.moveTo(new Date(until.getTime() - 1));
    // What the first look sets off, reports read with the second: then they know every story to its end.
    for (let looks = 0; looks < 2; looks += 1) {
      await server.reconcile();
      await settling.settle();
    }
    const figures = await countDay(server.context.database.db, {
      city,
      seed: run.seed,
      from,
      until,
      failedJobs: jobs.failed().length,
      missed: stage.missed,
    });
    return await use({ centre, stage, figures });
  } finally {
    settling.stop();
    await centre.stop();
  }
}

function earliest(time: VirtualTime, job: Date | null): Date | null {
  const next = time.next();
  if (!next || !job) return next ?? job;
  return next < job ? next : job;
}

/** Everybody gets to work when their shift begins. @returns departments, by their id */
function seat(stage: Stage, people: readonly Seated[], { from, until }: DayRun): Map<string, Department> {
  const { server, city } = stage;
  const departments = new Map<string, Department>();
  for (const seated of people) {
    const { member, id, console } = seated;
    const { role, departmentId, name } = member.person;
    if (role === 'supervisor') {
      stage.supervisors.push(console);
      createSupervisor(stage, seated, hoursOf(member, city, from, until));
    } else if (departmentId) {
      const hours = hoursOf(member, city, backlogBegins(from), until);
      departments.set(departmentId, createDepartment(stage, seated, hours));
    } else {
      server.simulator?.telephone(`operator_${id.replace(/[^a-zA-Z0-9]/g, '_')}`, name);
      stage.operators.set(id, createOperator(stage, member, id, console, hoursOf(member, city, from, until)));
    }
  }
  return departments;
}
