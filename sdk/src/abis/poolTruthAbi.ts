/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const poolTruthAbi = [
  {
    inputs: [
      {
        components: [
          { name: 'pool', type: 'address' },
          { name: 'isInverted', type: 'bool' },
          { name: 'window', type: 'uint32' },
          { name: 'provableFor', type: 'uint32' },
          { name: 'blockTime', type: 'uint32' },
        ],
        name: 'terms',
        type: 'tuple',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  {
    inputs: [
      { name: 'term', type: 'string' },
      { name: 'actual', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'OutOfBounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'TooFewObservations',
    type: 'error',
  },
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
    name: 'isInverted',
    outputs: [{ name: '', type: 'bool' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'isTruthSource',
    outputs: [{ name: '', type: 'bytes4' }],
    stateMutability: 'pure',
    type: 'function',
  },
  {
    inputs: [],
    name: 'logScale',
    outputs: [{ name: '', type: 'int256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'pool',
    outputs: [{ name: '', type: 'address' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'provableFor',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: '', type: 'bytes32' },
      { name: '', type: 'uint256' },
      { name: 'targetTime', type: 'uint256' },
      { name: '', type: 'bytes' },
    ],
    name: 'truthOf',
    outputs: [
      { name: '', type: 'uint8' },
      { name: '', type: 'int256' },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: '', type: 'bytes32' }],
    name: 'truthSecurity',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'pure',
    type: 'function',
  },
  {
    inputs: [],
    name: 'window',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
] as const
