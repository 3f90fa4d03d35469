import type { ScaleReport } from '../scale/report/toJson.ts'
import { format, markdownTable } from './tables.ts'

export function scaleSection({ measured, workers, topics, whole, widest, catchUp }: ScaleReport) {
  return `## Scale

\`\`\`sh
npm run bench:scale -- --topics ${measured.topics} --seats ${measured.seats} --rounds ${measured.rounds}
npm run bench:scale -- --topics 10 --seats 4 --rounds 2 --widest 64
\`\`\`

Real reputer, real signatures, real SDK, on an embedded chain: ${format.whole(measured.topics)} topics at once with ${format.whole(measured.seats)} workers each,
${roundsOf(measured)}, all due at the same moment; then one topic with up to ${format.whole(measured.widest)} workers. Taken on ${measured.machine.cores} cores,
Node ${measured.machine.node}, in ${format.whole(measured.seconds)} s.

In one topic, a round's gas is ${format.whole(workers.line.fixed)} and ${format.whole(workers.line.slope)} for each worker; the largest size lies
${format.percent(workers.beyond)} off the line through the smaller ones (${workers.holds ? 'linear' : '**not linear**'}).

${markdownTable({
  header: ['workers', 'gas of a round', 'reputer, ms'],
  rows: workers.sizes.map(({ seats, reputer }) => [
    format.whole(seats),
    format.whole(reputer.gas),
    format.whole(reputer.ms),
  ]),
})}

What is due in many topics at once goes out together, so that a round ${topics.holds ? 'costs no more' : '**costs more**'} among many of them.

${markdownTable({
  header: ['topics', 'transactions', 'gas', 'calls', 'ms', 'calls while idle'],
  rows: topics.sizes.map(({ topics, perTopicRound, idlePerTopic }) => [
    format.whole(topics),
    format.ratio(perTopicRound.transactions),
    format.whole(perTopicRound.gas),
    format.ratio(perTopicRound.calls),
    format.ratio(perTopicRound.ms),
    format.ratio(idlePerTopic.live.calls),
  ]),
})}

All but the number of topics is for one topic's round, or for one look at it.

- **Rounds a minute**: ${format.whole(whole.roundsPerMinute)} with chain, workers and reputer on this machine, ${format.whole(whole.reputerRoundsPerMinute)} by the reputer alone; ${format.whole(widest.roundsPerMinute)} and
  ${format.whole(widest.reputerRoundsPerMinute)} with ${format.whole(widest.seats)} workers.
- **Memory of the reputer**: ${format.mib(Math.max(...whole.memory.map(({ resident }) => resident)))} resident at most, ${format.whole(whole.heapPerTopic)} bytes of heap a topic.
- **Journals**: a worker's ${format.whole(whole.journal.perPrediction)} bytes a prediction; the reputer's desk ${format.whole(whole.desk.perPrediction)} bytes a prediction.
- **Catching up**: after ${format.whole(catchUp.missedSeconds / 60)} minutes and ${format.whole(catchUp.missedBlocks)} blocks missed, ${format.whole(catchUp.overdue)} rounds were overdue; ${format.percent(1 - catchUp.overdueAfter / Math.max(1, catchUp.overdue))} of
  them were done in ${format.whole((catchUp.start.ms + catchUp.work.ms) / 1000)} s with ${format.whole(catchUp.work.transactions)} transactions.${spokenBy({ measured, catchUp })}`
}

/** A topic's first round is its dearest: every slot of it is written for the first time. */
function roundsOf({ rounds }: ScaleReport['measured']): string {
  return rounds === 1 ? 'the first round of each' : `${format.whole(rounds)} rounds each`
}

/** At the largest scale a part of the workers has spoken in the round before the hour. */
function spokenBy({ measured, catchUp }: Pick<ScaleReport, 'measured' | 'catchUp'>): string {
  const isPart = catchUp.seats < measured.seats
  return isPart
    ? `\n  ${format.whole(catchUp.seats)} workers of each topic had spoken in the round before.`
    : ''
}
