import type { Options } from './readOptions.ts'
import type { Stage } from './stage.ts'

/** What can be done now, in commands that work. */
export function nextLines(after: { options: Options; stage: Stage; report: string }): string[] {
  const { options, report } = after
  const lines = ['', 'Next:', `  look at the charts      ${report}`]
  if (options.keep) return [...lines, ...keepLines(after)]

  return [
    ...lines,
    `  another stretch         npm start -- --from 2007-07-02 --rounds 500`,
    `  keep the chain running  npm start -- --rounds 20 --keep`,
  ]
}

function keepLines({ stage }: { stage: Stage }): string[] {
  const { chain, network, money, topics } = stage
  const [topic] = topics
  const flags = `--rpc ${chain.url} --network ${network}`
  return [
    `  read a feed             npm run auspex -- read ${flags} --topic ${topic!.id}`,
    '',
    `  The chain answers at ${chain.url}, chain id ${chain.id}, until Ctrl-C.`,
    `  network ${network}`,
    `  token   ${money.token} (anyone may mint)`,
    ...topics.map(({ id, question }) => `  topic   ${id} ${question.name}`),
  ]
}
