import { againstText, changeText, lossText, tokenText } from './formats.ts'
import type { Summary } from '../books/summarise.ts'

/** The aggregate against everyone, and what that did to their stakes; the head first. */
export function topicRows({ loss, workers }: Summary): string[][] {
  const against = (other: number) => [lossText(other), againstText({ loss: loss.aggregate, other })]

  return [
    [
      'forecast',
      'kind',
      'loss',
      'aggregate to it',
      'stake',
      'change',
      'taking part',
      'from pool',
      'from peers',
      'seat',
    ],
    ['aggregate', '', lossText(loss.aggregate)],
    ['plain mean', '', ...against(loss.mean)],
    ['plain median', '', ...against(loss.median)],
    ['best so far', '', ...against(loss.bestSoFar)],
    ...workers
      .toSorted((a, b) => a.loss - b.loss)
      .map(({ name, kind, loss: own, stake, stakeEnd, gains, seat }) => [
        name,
        kind,
        ...against(own),
        tokenText(stakeEnd),
        changeText({ from: stake, to: stakeEnd }),
        tokenText(gains.reward),
        tokenText(gains.pool),
        tokenText(gains.peers),
        seat === undefined ? 'lost' : String(seat),
      ]),
  ]
}
