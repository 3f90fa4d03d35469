/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const definedTruthAbi = [
  {
    inputs: [],
    name: 'definition',
    outputs: [
      {
        components: [
          { name: 'question', type: 'uint8' },
          { name: 'source', type: 'address' },
          { name: 'id', type: 'bytes32' },
          { name: 'window', type: 'uint256' },
          { name: 'samples', type: 'uint256' },
          { name: 'size', type: 'uint256' },
          { name: 'tolerance', type: 'uint256' },
          { name: 'unit', type: 'string' },
        ],
        name: '',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'isTruthSource',
    outputs: [{ name: 'magic', type: 'bytes4' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
      { name: 'targetTime', type: 'uint256' },
      { name: 'proof', type: 'bytes' },
    ],
    name: 'truthOf',
    outputs: [
      { name: 'status', type: 'uint8' },
      { name: 'value', type: 'int256' },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'truthSecurity',
    outputs: [{ name: 'units', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
] as const
