import { at } from '../../lib/at.ts'
import type { TopicsSize } from './measureTopics.ts'

/** Bytes of the reputer's heap for a topic more: between the two largest sizes, or from nothing where there is one. */
export function heapPerTopic(sizes: readonly TopicsSize[]): number {
  const largest = at(sizes, sizes.length - 1)
  const smaller = sizes[sizes.length - 2]
  if (smaller === undefined)
    return (lastHeap(largest) - at(largest.weights, 0).heap) / largest.topics
  return (lastHeap(largest) - lastHeap(smaller)) / (largest.topics - smaller.topics)
}

function lastHeap({ weights }: TopicsSize): number {
  return at(weights, weights.length - 1).heap
}
