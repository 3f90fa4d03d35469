import type { peers } from './peers.ts'

export type PeerName = keyof typeof peers
export type RuleName = 'ours' | PeerName
