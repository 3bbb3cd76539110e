import { computed, reactive, ref, watch } from 'vue';
import { type FigureId, figureIds } from '../../../server/contract/figures.ts';
import type { Narrowed, ReportFilter, ReportPeriod } from '../../../server/contract/report.ts';
import {
  type Comparison,
  presetOf,
  type ScheduledPeriod,
  scheduledPeriods,
} from '../../../server/contract/report-periods.ts';
import type { ReportSchedule } from '../../../server/contract/report-schedule.ts';
import type { ReportGrouping } from '../../../server/contract/report-terms.ts';

/** What the form begins with. */
export interface ScheduleDraft {
  name: string;
  period: ScheduledPeriod;
  compare: Comparison;
  by: ReportGrouping;
  filter: ReportFilter;
  narrowed: Narrowed[];
  figures: FigureId[];
  every: ReportSchedule['every'];
  onDay: number;
  hour: number;
  minute: number;
  recipients: string[];
  pdf: boolean;
}

/** Of what is on the screen: the nearest period that is over when it goes out, and how often that changes. */
export function draftOf(view: {
  period: ReportPeriod;
  today: string;
  compare: Comparison;
  by: ReportGrouping;
  filter: ReportFilter;
  narrowed: Narrowed[];
  address: string;
}): ScheduleDraft {
  const { today, address, ...shown } = view;
  const preset = presetOf(view.period, today);
  const period =
    scheduledPeriods.find((each) => each === preset) ??
    (preset === 'today' ? 'yesterday' : preset === 'month' || preset === 'thisMonth' ? 'lastMonth' : 'lastWeek');
  const every = ({ yesterday: 'day', lastWeek: 'week', lastMonth: 'month' } as const)[period];
  return {
    ...shown,
    name: '',
    period,
    every,
    figures: [...figureIds],
    onDay: 1,
    hour: 7,
    minute: 0,
    recipients: [address],
    pdf: false,
  };
}

export const draftOfSchedule = ({ view, recipients, onDay, ...schedule }: ReportSchedule): ScheduleDraft => ({
  ...schedule,
  ...view,
  onDay: onDay ?? 1,
  recipients: recipients.map(({ address }) => address),
});

export function useScheduleForm(draft: ScheduleDraft) {
  const form = reactive({ ...draft, figures: [...draft.figures] });
  const addresses = ref(draft.recipients.join('\n'));
  const time = computed({
    get: () => `${String(form.hour).padStart(2, '0')}:${String(form.minute).padStart(2, '0')}`,
    set: (value) => {
      const [hour, minute] = value.split(':').map(Number);
      form.hour = hour ?? 7;
      form.minute = minute ?? 0;
    },
  });
  watch(
    () => form.every,
    () => {
      form.onDay = 1;
    },
  );
  watch(
    () => form.period,
    (period) => {
      if (period !== 'lastMonth') form.pdf = false;
    },
  );

  const body = () => ({
    name: form.name,
    view: { period: form.period, compare: form.compare, figures: form.figures, by: form.by, filter: form.filter },
    pdf: form.pdf,
    every: form.every,
    onDay: form.every === 'day' ? null : form.onDay,
    hour: form.hour,
    minute: form.minute,
    recipients: addresses.value.split(/[\s,;]+/).filter(Boolean),
  });
  return { form, time, addresses, body };
}
