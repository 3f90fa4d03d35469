import { peers } from './peers.ts'
import type { PeerName, RuleName } from './RuleName.ts'

export const peerNames = Object.keys(peers) as PeerName[]
export const ruleNames: readonly RuleName[] = ['ours', ...peerNames]
