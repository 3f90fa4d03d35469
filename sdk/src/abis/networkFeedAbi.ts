/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const networkFeedAbi = [
  {
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'decimalsOf',
    outputs: [{ name: '', type: 'uint8' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'descriptionOf',
    outputs: [{ name: '', type: 'string' }],
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
        name: '',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
] as const
