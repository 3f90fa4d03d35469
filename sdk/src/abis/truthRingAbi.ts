/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const truthRingAbi = [
  {
    inputs: [{ name: 'network_', type: 'address' }],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'TruthNotRecorded',
    type: 'error',
  },
  {
    inputs: [
      { name: 'round', type: 'uint256' },
      { name: 'younger', type: 'uint256' },
    ],
    name: 'TruthReplaced',
    type: 'error',
  },
  { inputs: [{ name: 'status', type: 'uint8' }], name: 'TruthUnknown', type: 'error' },
  { inputs: [{ name: 'topic', type: 'bytes32' }], name: 'UnknownTopic', type: 'error' },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: 'topic', type: 'bytes32' },
      { indexed: true, name: 'round', type: 'uint256' },
      { indexed: false, name: 'truth', type: 'int104' },
    ],
    name: 'TruthRecorded',
    type: 'event',
  },
  {
    inputs: [],
    name: 'CAPACITY',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'network',
    outputs: [{ name: '', type: 'address' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
      { name: 'proof', type: 'bytes' },
    ],
    name: 'record',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'truthOf',
    outputs: [{ name: '', type: 'int104' }],
    stateMutability: 'view',
    type: 'function',
  },
] as const
