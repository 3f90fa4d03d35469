import type { TopicId } from '@auspex/sdk'
import type { Stage } from '../world/stage.ts'

/** What can be done now, in commands that work. */
export function nextLines(after: {
  saved: { file: string; why?: string }
  isKept: boolean
}): string[] {
  const { saved, isKept } = after
  const look = saved.why ? `the page is not saved: ${saved.why}` : saved.file
  const lines = ['', 'Next:', `  look at the charts    ${look}`]
  if (isKept) return lines

  return [
    ...lines,
    '  play another stretch  npm start -- --from 2007-07-02 --rounds 500',
    '  keep the network      npm start -- --rounds 20 --keep',
  ]
}

/** What a guest can do on the network that stays alive; `topic` is the live one, and the guest's files are in `folder`. */
export function guestLines(options: { stage: Stage; topic: TopicId; folder: string }): string[] {
  const { stage, topic, folder } = options
  const { chain, network, money, topics } = stage
  const auspex = (command: string) => `npm run auspex -- ${command} --config ${folder}/worker.yaml`

  return [
    `  read the live feed    ${auspex(`read ${topic}`)}`,
    `  would I earn?         ${auspex('backtest --against chain')}`,
    `  join with a stake     ${auspex(`stake deposit ${topic} 1000`)}`,
    `  a second later        ${auspex(`stake activate ${topic}`)}`,
    `  take a seat           ${auspex(`stake seat ${topic}`)}`,
    `  predict               ${auspex('worker start')}`,
    `  spoil the feed        npm run auspex -- demo spoil stale --folder ${folder}`,
    '',
    `  network ${network}, token ${money.token}`,
    ...topics.map(({ id, question }) => `  topic   ${id} ${question.name}, its rounds are over`),
    `  topic   ${topic} live, a round a minute`,
    `  The chain answers at ${chain.url}, chain id ${chain.id}, until Ctrl-C. Its clock runs.`,
  ]
}
