import type { EChartsCoreOption } from 'echarts/core';
import type { PlotColours } from './plot-colours.ts';

export interface PlotSeries {
  name: string;
  values: readonly (number | null)[];
  /** The one that is compared with stands behind. */
  behind?: boolean;
}

export interface Plot {
  labels: readonly string[];
  series: readonly PlotSeries[];
  /** In time: a line tells it. Otherwise bars, the names beside them. */
  inTime: boolean;
  format: (value: number) => string;
  /** Where the axis ends, should it be known: a share is never more than all. */
  most?: number;
  colours: PlotColours;
}

/** How a plot is drawn: one axis, no more ink than the numbers need. */
export function plotOption({ labels, series, inTime, format, colours, most }: Plot): EChartsCoreOption {
  const names = {
    type: 'category',
    data: [...labels],
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    axisLabel: { color: colours.text, hideOverlap: true, width: 150, overflow: 'truncate' },
    ...(inTime ? {} : { inverse: true }),
  };
  const numbers = {
    type: 'value',
    axisLabel: { color: colours.text, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line } },
    splitNumber: 4,
    ...(most === undefined ? {} : { max: most }),
  };
  return {
    animation: false,
    textStyle: { fontFamily: colours.font },
    grid: { left: 8, right: 16, top: series.length > 1 ? 36 : 12, bottom: 4, containLabel: true },
    ...(series.length > 1
      ? { legend: { top: 0, right: 8, itemWidth: 14, itemHeight: 8, textStyle: { color: colours.text } } }
      : {}),
    tooltip: {
      trigger: 'axis',
      // As part of the drawing: the page's policy takes no styles that a text brings along.
      renderMode: 'richText',
      axisPointer: { type: inTime ? 'line' : 'shadow' },
      backgroundColor: colours.raised,
      borderColor: colours.line,
      textStyle: { color: colours.text },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '—'),
    },
    xAxis: inTime ? names : numbers,
    yAxis: inTime ? numbers : names,
    series: series.map(({ name, values, behind }) => {
      const color = behind ? colours.before : colours.main;
      const shared = { name, data: [...values], color, z: behind ? 1 : 2 };
      if (!inTime) {
        const itemStyle = { borderRadius: [0, 3, 3, 0], opacity: behind ? 0.45 : 1 };
        return { ...shared, type: 'bar', barMaxWidth: 18, itemStyle };
      }
      const dash = behind ? { type: 'dashed', width: 1.5 } : { width: 2.5 };
      return { ...shared, type: 'line', symbolSize: 5, showSymbol: values.length <= 31, lineStyle: dash };
    }),
  };
}
