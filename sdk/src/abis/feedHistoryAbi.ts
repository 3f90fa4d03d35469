/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const feedHistoryAbi = [
  {
    inputs: [{ name: 'network_', type: 'address' }],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'ForecastDisputed', type: 'error' },
  {
    inputs: [
      { name: 'targetTime', type: 'uint256' },
      { name: 'time', type: 'uint256' },
    ],
    name: 'ForecastStale',
    type: 'error',
  },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'ForecastThin', type: 'error' },
  {
    inputs: [
      { name: 'age', type: 'uint256' },
      { name: 'maxAge', type: 'uint256' },
    ],
    name: 'ForecastTooOld',
    type: 'error',
  },
  { inputs: [], name: 'ForecastVoid', type: 'error' },
  {
    inputs: [
      { name: 'width', type: 'uint256' },
      { name: 'maxWidth', type: 'uint256' },
    ],
    name: 'IntervalTooWide',
    type: 'error',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'roundId', type: 'uint256' },
    ],
    name: 'NotRecorded',
    type: 'error',
  },
  { inputs: [{ name: 'topic', type: 'bytes32' }], name: 'NothingPublished', type: 'error' },
  {
    inputs: [
      { name: 'roundId', type: 'uint256' },
      { name: 'value', type: 'int256' },
      { name: 'minValue', type: 'int256' },
      { name: 'maxValue', type: 'int256' },
    ],
    name: 'RoundOutOfRange',
    type: 'error',
  },
  { inputs: [], name: 'SequencerDown', type: 'error' },
  {
    inputs: [
      { name: 'upFor', type: 'uint256' },
      { name: 'grace', type: 'uint256' },
    ],
    name: 'SequencerJustUp',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'TooFewContributors',
    type: 'error',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'published', type: 'uint256' },
      { name: 'count', type: 'uint256' },
    ],
    name: 'TooFewRounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'TooFewWagers',
    type: 'error',
  },
  {
    inputs: [
      { name: 'value', type: 'int256' },
      { name: 'minValue', type: 'int256' },
      { name: 'maxValue', type: 'int256' },
    ],
    name: 'ValueOutOfRange',
    type: 'error',
  },
  {
    inputs: [
      { name: 'count', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'WrongCount',
    type: 'error',
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: 'topic', type: 'bytes32' },
      { indexed: true, name: 'roundId', type: 'uint256' },
      { indexed: false, name: 'value', type: 'int256' },
      { indexed: false, name: 'targetTime', type: 'uint256' },
    ],
    name: 'RoundRecorded',
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
    name: 'MEDIAN_MAX',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'count', type: 'uint256' },
      {
        components: [
          { name: 'maxAge', type: 'uint32' },
          { name: 'minContributors', type: 'uint16' },
          { name: 'minWagers', type: 'uint96' },
          { name: 'maxWidth', type: 'uint104' },
          { name: 'maxWidthBps', type: 'uint32' },
          { name: 'minValue', type: 'int104' },
          { name: 'maxValue', type: 'int104' },
          { name: 'sequencerFeed', type: 'address' },
          { name: 'grace', type: 'uint32' },
        ],
        name: 'policy',
        type: 'tuple',
      },
    ],
    name: 'medianOf',
    outputs: [{ name: '', type: 'int256' }],
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
    name: 'record',
    outputs: [{ name: 'roundId', type: 'uint256' }],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'roundId', type: 'uint256' },
    ],
    name: 'roundOf',
    outputs: [
      {
        components: [
          { name: 'value', type: 'int104' },
          { name: 'targetTime', type: 'uint32' },
          { name: 'publishedAt', type: 'uint32' },
          { name: 'roundId', type: 'uint32' },
          { name: 'round', type: 'uint24' },
          { name: 'contributors', type: 'uint8' },
        ],
        name: 'round',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
] as const
