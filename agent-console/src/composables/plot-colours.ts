export interface PlotColours {
  main: string;
  before: string;
  text: string;
  line: string;
  ground: string;
  raised: string;
  font: string;
}

/** The screen's own colours, as a plot can mix them: ones of a modern notation are drawn once and read back. */
export function plotColours(): PlotColours {
  const style = getComputedStyle(document.documentElement);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (name: string): string => {
    const written = style.getPropertyValue(name).trim();
    if (!canvas) return written;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = written;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
  return {
    main: read('--ui-primary'),
    before: read('--ui-text-dimmed'),
    text: read('--ui-text-muted'),
    line: read('--ui-border'),
    ground: read('--ui-bg'),
    raised: read('--ui-bg-elevated'),
    // By name: what is inherited cannot be measured before it is drawn.
    font: getComputedStyle(document.body).fontFamily,
  };
}
