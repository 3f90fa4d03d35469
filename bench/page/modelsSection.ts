import type { Report } from '../models/report/toReport.ts'
import { format, markdownTable } from './tables.ts'

const QUESTION = 'volatility'

export function modelsSection({ machine, backends, rows, tolerance }: Report): string {
  const steps = rows.filter(
    ({ batch, forecaster }) => batch !== null && forecaster.includes(QUESTION),
  )
  const lines = steps.map((row) => [
    row.backend ?? '',
    format.whole(row.batch ?? 0),
    format.ms(row.stepMs),
    format.ms(row.predictMs),
    format.tiny(row.differenceFromCpu),
  ])

  return `## Models

\`\`\`sh
npm run bench:models
\`\`\`

It times the honest forecasters of the demo's three questions on the S&P 500 by day, 2000 to 2020, as a worker runs them, and
the networks of the \`mlp\` by rows of a training step. Each backend of TensorFlow.js has a process of its own. Equal seeds
give equal first weights everywhere, and after equal lessons the predictions are compared with those of plain JavaScript: a
difference above ${tolerance} of their typical size makes the command end with 1, and so do tensors left behind by training.
A GPU that the processor emulates is refused unless \`--software\` is given, and is never called a GPU.

Taken on **${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.os}, Node ${machine.node}**; network of the ${QUESTION} question,
medians, milliseconds.

${markdownTable({ header: ['backend', 'rows', 'step', 'predict', 'off cpu'], rows: lines })}

${backends.map(backendLine).join('\n')}`
}

function backendLine({ name, device, available, reason }: Report['backends'][number]): string {
  return available ? `- ${name}: ${device}` : `- ${name}: not measured, ${reason}`
}
