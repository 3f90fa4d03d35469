import type { Topic, UnpackedPrediction } from '@auspex/sdk'
import { trust } from '@auspex/sdk/maths'

/** Prior of each of the two house experts, the median and the corrected mean. */
const HOUSE = 0.2

/** Each prediction's share in the aggregate before the cap on shares; what is missing to 1 is the house's. */
export function weightsOf({
  topic,
  said,
}: {
  topic: Topic
  said: readonly UnpackedPrediction[]
}): number[] {
  const { anchorRegret, anchorEnergy, meanRegret, meanEnergy, peak } = topic
  const wagers = said.reduce((total, { wager }) => total + Number(wager), 0)

  const workers = said.map(({ wager, trust: worth }) => (Number(wager) / wagers) * Number(worth))
  const house = [trust(anchorRegret, anchorEnergy, peak), trust(meanRegret, meanEnergy, peak)]
  const total = [...workers, ...house.map((worth) => HOUSE * Number(worth))].reduce(
    (sum, weight) => sum + weight,
    0,
  )
  return workers.map((weight) => (total === 0 ? 0 : weight / total))
}
