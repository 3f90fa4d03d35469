/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const disputeFeedAbi = [
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
    name: 'NotDisputed',
    type: 'error',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'StillDisputed',
    type: 'error',
  },
  { inputs: [{ name: 'topic', type: 'bytes32' }], name: 'UnknownTopic', type: 'error' },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: 'topic', type: 'bytes32' },
      { indexed: true, name: 'round', type: 'uint256' },
    ],
    name: 'DisputeCleared',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: 'topic', type: 'bytes32' },
      { indexed: true, name: 'round', type: 'uint256' },
    ],
    name: 'DisputeMarked',
    type: 'event',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'clear',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'decimalsOf',
    outputs: [{ name: '', type: 'uint8' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'isDisputed',
    outputs: [{ name: '', type: 'bool' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'isMarked',
    outputs: [{ name: '', type: 'bool' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'isTopic',
    outputs: [{ name: '', type: 'bool' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'mark',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'marksOf',
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
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'publishedOf',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'read',
    outputs: [
      {
        components: [
          { name: 'value', type: 'int256' },
          { name: 'lower', type: 'int256' },
          { name: 'upper', type: 'int256' },
          { name: 'targetTime', type: 'uint256' },
          { name: 'publishedAt', type: 'uint256' },
          { name: 'round', type: 'uint256' },
          { name: 'contributors', type: 'uint256' },
          { name: 'wagers', type: 'uint256' },
          { name: 'status', type: 'uint8' },
        ],
        name: 'forecast',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
] as const
