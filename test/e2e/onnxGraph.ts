/* Writes the smallest useful ONNX graph: one row of lags times one column of weights. The format is protobuf. */

const VARINT = 0
const BYTES = 2
const FLOAT = 1

/** The graph `output = input x weights` for 32-bit floats, opset 13. */
export function linearGraph(weights: readonly number[]): Uint8Array {
  const size = weights.length
  const tensor = message(
    ...[size, 1].map((each) => number(1, each)),
    number(2, FLOAT),
    text(8, 'weights'),
    field(9, Buffer.from(Float32Array.from(weights).buffer)),
  )
  const node = message(
    text(1, 'input'),
    text(1, 'weights'),
    text(2, 'output'),
    text(3, 'multiply'),
    text(4, 'MatMul'),
  )
  const graph = message(
    field(1, node),
    text(2, 'linear'),
    field(5, tensor),
    field(11, valueOf('input', [1, size])),
    field(12, valueOf('output', [1, 1])),
  )
  const opset = message(text(1, ''), number(2, 13))
  return message(number(1, 8), field(7, graph), field(8, opset))
}

function valueOf(name: string, dims: readonly number[]): Buffer {
  const shape = message(...dims.map((each) => field(1, message(number(1, each)))))
  const type = message(field(1, message(number(1, FLOAT), field(2, shape))))
  return message(text(1, name), field(2, type))
}

function message(...parts: Buffer[]): Buffer {
  return Buffer.concat(parts)
}

function text(tag: number, value: string): Buffer {
  return field(tag, Buffer.from(value))
}

function field(tag: number, content: Buffer): Buffer {
  return Buffer.concat([varint((tag << 3) | BYTES), varint(content.length), content])
}

function number(tag: number, value: number): Buffer {
  return Buffer.concat([varint((tag << 3) | VARINT), varint(value)])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest])
    bytes.push((rest & 0x7f) | 0x80)
  }
}
