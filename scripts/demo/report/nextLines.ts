import type { Stage } from '../world/stage.ts'

/** What can be done now, in commands that work. `guest` is the configuration for the chain that stays. */
export function nextLines(after: {
  stage: Stage
  saved: { file: string; why?: string }
  guest: string | undefined
}): string[] {
  const { saved, guest } = after
  const look = saved.why ? `the page is not saved: ${saved.why}` : saved.file
  const lines = ['', 'Next:', `  look at the charts    ${look}`]
  if (guest !== undefined) return [...lines, ...guestLines({ ...after, guest })]

  return [
    ...lines,
    '  play another stretch  npm start -- --from 2007-07-02 --rounds 500',
    '  keep the chain        npm start -- --rounds 20 --keep',
  ]
}

function guestLines({ stage, guest }: { stage: Stage; guest: string }): string[] {
  const { chain, network, money, topics } = stage
  const topic = topics[0]!.id
  const auspex = (command: string) => `npm run auspex -- ${command} --config ${guest}`

  return [
    `  read a feed           ${auspex(`read ${topic}`)}`,
    `  join with a stake     ${auspex(`stake deposit ${topic} 1000`)}`,
    `  one minute later      ${auspex(`stake activate ${topic}`)}`,
    `  take a seat           ${auspex(`stake seat ${topic}`)}`,
    `  predict               ${auspex('worker start')}`,
    '',
    `  The chain answers at ${chain.url}, chain id ${chain.id}, until Ctrl-C. Its clock now runs.`,
    `  network ${network}, token ${money.token}`,
    ...topics.map(({ id, question }) => `  topic   ${id} ${question.name}`),
  ]
}
