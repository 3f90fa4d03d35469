/* The reads of the page: what a recording has to hold. */

/** Rounds that the charts of a topic show. */
export const SHOWN = 120
const CAREER = 200

export const paths = {
  standing: '/standing',
  topics: (from: number) => `/topics?from=${from}`,
  topic: (topic: string) => `/topics/${topic}`,
  rounds: (topic: string) => `/topics/${topic}/rounds?last=${SHOWN}`,
  /** For the policy builder alone, read when it is opened. */
  past: (topic: string) => `/topics/${topic}/rounds?last=500`,
  predictions: (topic: string) => `/topics/${topic}/predictions?last=${SHOWN}`,
  workers: (topic: string) => `/topics/${topic}/workers`,
  worker: (topic: string, worker: string) => `/topics/${topic}/workers/${worker}?last=${CAREER}`,
  record: (topic: string) => `/topics/${topic}/dataset/record.json`,
} as const
