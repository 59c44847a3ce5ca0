import { bound, figure } from './figures.ts';
import { timesTheGoal, type Verdict } from './finding.ts';
import type { Report } from './table.ts';

/** Pixels of the chart. */
const width = 760;
const labelWidth = 250;
const valueWidth = 150;
const rowHeight = 28;
const topHeight = 64;
const bottomHeight = 44;
const plotWidth = width - labelWidth - valueWidth;

/** A verdict that has a goal. */
interface Judged {
  verdict: Verdict;
  /** How many times better than the goal the median is, and the lowest and the highest round. */
  median: number;
  worst: number;
  best: number;
}

/**
 * Draws how far each figure is from its goal, on a scale on which twice as good and half as good are as far from it.
 * Its colours follow the reader's: light or dark.
 * @returns an SVG document with a title and a description for readers who do not see it.
 */
export function chart({ verdicts, machine }: Pick<Report, 'verdicts' | 'machine'>): string {
  const judged = verdicts.flatMap(judgedOf);
  const height = topHeight + judged.length * rowHeight + bottomHeight;
  const powers = powersAround(judged.flatMap(({ worst, best }) => [worst, best]));
  const x = (times: number) => {
    const [least = 0, ...others] = powers;
    const most = others.at(-1) ?? least;
    return round(labelWidth + ((Math.log2(times) - least) / (most - least)) * plotWidth);
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    '<title id="title">Coatcheck against its goals</title>',
    `<desc id="description">${escaped(judged.map(sentence).join(' '))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    '<text class="head" x="16" y="28">Coatcheck against its goals</text>',
    `<text class="small" x="16" y="48">Right of the line the goal is reached. Dots are medians, bars all rounds. ${escaped(machine.date.slice(0, 10))}, ${machine.cores} cores.</text>`,
    ...powers.map((power) => gridLine(x(2 ** power), power, height)),
    ...judged.map((row, at) => drawn(row, topHeight + at * rowHeight + rowHeight / 2, x)),
    '</svg>',
    '',
  ].join('\n');
}

const style = `
svg { color-scheme: light dark; font: 13px system-ui, sans-serif; }
.paper { fill: #fff; } text { fill: #1f2328; } .head { font-weight: 600; font-size: 16px; }
.small { font-size: 11px; fill: #57606a; } .grid { stroke: #d0d7de; } .goal { stroke: #1f2328; stroke-width: 2; }
.holds { fill: #116329; stroke: #116329; } .misses { fill: #a40e26; stroke: #a40e26; } .bar { stroke-width: 3; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117; } text { fill: #e6edf3; } .small { fill: #9198a1; } .grid { stroke: #30363d; }
  .goal { stroke: #e6edf3; } .holds { fill: #56d364; stroke: #56d364; } .misses { fill: #ff7b72; stroke: #ff7b72; }
}
`;

function judgedOf(verdict: Verdict): Judged[] {
  const { goal, ratio, own } = verdict;
  if (goal === undefined) return [];
  const { median, lowest, highest } = ratio ?? own;
  const ends = [timesTheGoal(goal, lowest), timesTheGoal(goal, highest)];
  return [{ verdict, median: timesTheGoal(goal, median), worst: Math.min(...ends), best: Math.max(...ends) }];
}

/** @returns the powers of two that a scale needs, around the goal and all values. */
function powersAround(values: number[]): number[] {
  const logs = values.map(Math.log2).filter(Number.isFinite);
  const least = Math.min(-1, ...logs.map(Math.floor));
  const most = Math.max(1, ...logs.map(Math.ceil));
  return Array.from({ length: most - least + 1 }, (_, at) => least + at);
}

function gridLine(x: number, power: number, height: number): string {
  const bottom = height - bottomHeight + 8;
  const name = power === 0 ? 'goal' : power > 0 ? `${2 ** power} ×` : `1/${2 ** -power}`;
  return [
    `<line class="${power === 0 ? 'goal' : 'grid'}" x1="${x}" x2="${x}" y1="${topHeight}" y2="${bottom}"/>`,
    `<text class="small" x="${x}" y="${bottom + 16}" text-anchor="middle">${name}</text>`,
  ].join('');
}

function drawn({ verdict, median, worst, best }: Judged, y: number, x: (times: number) => number): string {
  const kind = verdict.holds ? 'holds' : 'misses';
  return [
    `<text x="16" y="${y + 4}">${escaped(verdict.name)}</text>`,
    `<line class="bar ${kind}" x1="${x(worst)}" x2="${x(best)}" y1="${y}" y2="${y}"/>`,
    // Those who do not tell the colours apart see the shape: full where the goal is reached.
    `<circle class="${kind}" cx="${x(median)}" cy="${y}" r="5"${verdict.holds ? '' : ' fill-opacity="0.15" stroke-width="2"'}/>`,
    `<text class="small" x="${width - 16}" y="${y + 4}" text-anchor="end">${escaped(resultOf(verdict))}</text>`,
  ].join('');
}

function resultOf({ goal, ratio, own, unit }: Verdict): string {
  const value = ratio ? figure(ratio.median) : `${figure(own.median)} ${unit}`;
  return goal ? `${value} (${bound(goal)})` : value;
}

const sentence = ({ verdict }: Judged): string =>
  `${verdict.name}: ${resultOf(verdict)}, ${verdict.holds ? 'reached' : 'not reached'}.`;

const round = (value: number): number => Math.round(value * 10) / 10;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
