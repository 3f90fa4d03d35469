import { backendTable, batchTable, dailyTable } from './tables.ts'
import type { Report } from './toReport.ts'

/** The report as tables in plain text. */
export function toText(report: Report): string {
  const { machine, backends, faults, tolerance } = report
  const { cpu, cores, memory, os, node } = machine
  const isCompared = backends.some(({ name, available }) => name === 'cpu' && available)

  return [
    `${cpu}, ${cores} cores, ${memory}; ${os}; Node ${node}`,
    ...section('Backends', backendTable(report)),
    ...section('Forecasters as a worker runs them', dailyTable(report)),
    ...section('Networks by batch', batchTable(report)),
    '',
    'Medians with the distance between the quartiles. fit: the first fit, on the whole history (mlp: 15 times',
    'over 2,000 days). step: one more bar learned, or one training step. off cpu: largest difference of',
    `predictions after equal lessons, relative to their size; ${tolerance} at most, else marked !.`,
    'x wasm: how many times as fast as wasm, training step and prediction. tensors: left behind by steps.',
    ...(isCompared ? [] : ['', 'cpu was not measured, so no predictions were compared.']),
    ...(faults.length === 0 ? [] : ['', ...faults]),
  ].join('\n')
}

function section(title: string, body: string): string[] {
  return ['', title, '', body]
}
