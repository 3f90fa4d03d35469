/** Moves labels apart so that each has its height, keeping their order. Gives their places in the order given. */
export function spread(labels: {
  places: readonly number[]
  gap: number
  low: number
  high: number
}): number[] {
  const { places, gap, low, high } = labels
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place)
  const moved: number[] = []
  let least = low
  for (const { place, i } of order) {
    moved[i] = Math.max(place, least)
    least = moved[i] + gap
  }

  let most = high
  for (const { i } of order.reverse()) {
    moved[i] = Math.min(moved[i]!, most)
    most = moved[i] - gap
  }
  return moved
}
