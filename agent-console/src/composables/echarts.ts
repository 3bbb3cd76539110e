import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** The parts of ECharts that plots of ours use. Loaded by whoever draws one. */
export function openPlot(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'svg' });
}
