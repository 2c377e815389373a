/**
 * Probabilities that are computed beside a fused attention are those that the runtime's own node has used: with them its values add up to what it
 * gives, under every mask and bias that a node may have. And a head that is masked is the same as in the graph that was not fused.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { exposeAttentions, HEAD_MASKS } from '../../webview/engine/onnxGraph/exposeAttentions.ts';
import { readOnnx, writeOnnx } from '../../webview/engine/onnxGraph/onnxFile.ts';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type ModelProto,
} from '../../webview/engine/onnxGraph/onnx_pb.ts';
import {
  float32Tensor,
  floatsOf,
  int32Tensor,
  loadGraph,
  provideWasm,
  WEIGHTS_LOCATION,
  type Tensor,
} from '../../webview/engine/onnxRuntime.ts';

const [HEADS, SIZE, QUERIES, KEYS] = [2, 4, 3, 5];
const HEAD_SIZE = SIZE / HEADS;

/** Numbers without a pattern, the same in every run. */
const numbers = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, at) => Math.sin(seed + at * 2.3) * 1.5);

type NodeInit = MessageInitShape<typeof NodeProtoSchema>;
const int = (name: string, value: number): AttributeProto =>
  create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
const float = (name: string, value: number): AttributeProto => create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value });
const info = (name: string, elemType: number, dims: readonly number[]) =>
  create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: { elemType, shape: { dim: dims.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } })) } },
      },
    },
  });
const tensor = (name: string, dims: readonly number[], values: Float32Array) =>
  create(TensorProtoSchema, { name, dataType: DataType.FLOAT, dims: dims.map(BigInt), floatData: [...values] });
const identity = Float32Array.from({ length: SIZE * SIZE }, (_, at) => (at % (SIZE + 1) === 0 ? 1 : 0));

interface Case {
  readonly what: string;
  readonly node: NodeInit;
  readonly isSelf: boolean;
}

const KEY_MASK = [1, 1, 0, 1, 1];
/** Of queries, keys and values side by side: each is what it is made of. */
const besides = Float32Array.from({ length: SIZE * 3 * SIZE }, (_, at) => identity[Math.floor(at / (3 * SIZE)) * SIZE + (at % SIZE)]!);

const attention = (input: string[], attributes: AttributeProto[] = []): NodeInit => ({
  ...{ opType: 'Attention', domain: 'com.microsoft', input: ['k', 'weight', 'bias', ...input], output: ['gathered'] },
  attribute: [int('num_heads', HEADS), ...attributes],
});
const multiHead = (input: string[], attributes: AttributeProto[] = []): NodeInit => ({
  ...{ opType: 'MultiHeadAttention', domain: 'com.microsoft', input: ['query', 'key', 'value', ...input], output: ['gathered'] },
  attribute: [int('num_heads', HEADS), ...attributes],
});

const CASES: readonly Case[] = [
  { what: 'Attention', node: attention([]), isSelf: true },
  { what: 'Attention that looks back only', node: attention([], [int('unidirectional', 1)]), isSelf: true },
  { what: 'Attention with absent keys', node: attention(['mask']), isSelf: true },
  { what: 'Attention with a bias of scores', node: attention(['', '', 'scoreBias']), isSelf: true },
  { what: 'Attention with a scale of its own', node: attention([], [float('scale', 0.3)]), isSelf: true },
  { what: 'MultiHeadAttention', node: multiHead([]), isSelf: false },
  { what: 'MultiHeadAttention with a bias', node: multiHead(['bias']), isSelf: false },
  { what: 'MultiHeadAttention with absent keys', node: multiHead(['', 'mask']), isSelf: false },
  { what: 'MultiHeadAttention with a bias of scores', node: multiHead(['', '', 'scoreBias']), isSelf: false },
  { what: 'MultiHeadAttention with a scale of its own', node: multiHead([], [float('scale', 0.3)]), isSelf: false },
];

function modelOf({ node, isSelf }: Case): ModelProto {
  const queries = isSelf ? KEYS : QUERIES;
  const projected = ['query', 'key', 'value'].map((output) => ({
    opType: 'MatMul',
    input: [output === 'query' ? 'q' : 'k', 'identity'],
    output: [output],
  }));
  const read = new Set(node.input);
  const graph = create(GraphProtoSchema, {
    name: 'fused',
    node: [...(isSelf ? [] : projected), node, { opType: 'Identity', input: ['gathered'], output: ['y'] }],
    input: [
      ...(isSelf ? [] : [info('q', DataType.FLOAT, [1, queries, SIZE])]),
      info('k', DataType.FLOAT, [1, KEYS, SIZE]),
      ...(read.has('mask') ? [info('mask', DataType.INT32, [1, KEYS])] : []),
      ...(read.has('scoreBias') ? [info('scoreBias', DataType.FLOAT, [1, HEADS, queries, KEYS])] : []),
    ],
    output: [info('y', DataType.FLOAT, [1, queries, SIZE])],
    initializer: [
      tensor('identity', [SIZE, SIZE], identity),
      tensor('weight', [SIZE, 3 * SIZE], besides),
      tensor('bias', [3 * SIZE], Float32Array.of(...numbers(2 * SIZE, 9), ...new Float32Array(SIZE))),
    ].filter(({ name }) => (isSelf ? name !== 'identity' : name === 'identity' || read.has(name))),
  });
  const opsetImport = [
    create(OperatorSetIdProtoSchema, { version: 17n }),
    create(OperatorSetIdProtoSchema, { domain: 'com.microsoft', version: 1n }),
  ];
  return create(ModelProtoSchema, { irVersion: 8n, opsetImport, graph });
}

describe('fused attention', () => {
  before(() => provideWasm(new Uint8Array(readFileSync(new URL('../../dist/ort-wasm.wasm', import.meta.url)))));

  for (const each of CASES) {
    it(`${each.what} tells its probabilities, and its heads can be masked`, async () => {
      const file = readOnnx('fused', toBinary(ModelProtoSchema, modelOf(each)));
      const { self, cross } = exposeAttentions(file.graph);
      assert.deepEqual([self.length, cross.length], each.isSelf ? [1, 0] : [0, 1]);
      const { probabilities } = (each.isSelf ? self : cross)[0]!;
      const graph = await loadGraph('fused', writeOnnx(file, WEIGHTS_LOCATION), { device: 'wasm', weights: file.bytes });
      const queries = each.isSelf ? KEYS : QUERIES;
      const values = numbers(KEYS * SIZE, 1);
      const inputs: Record<string, Tensor> = {
        q: float32Tensor(numbers(queries * SIZE, 5), [1, queries, SIZE]),
        k: float32Tensor(values, [1, KEYS, SIZE]),
        mask: int32Tensor(KEY_MASK, [1, KEYS]),
        scoreBias: float32Tensor(numbers(HEADS * queries * KEYS, 3), [1, HEADS, queries, KEYS]),
      };
      const run = async (mask: readonly number[]): Promise<readonly [Float32Array, Float32Array]> => {
        const offered = { ...inputs, [HEAD_MASKS[each.isSelf ? 'self' : 'cross']]: float32Tensor(Float32Array.from(mask), [1, HEADS]) };
        const wanted = file.graph.input.map(({ name }) => [name, offered[name]!] as const);
        const results = await graph.run(Object.fromEntries(wanted), ['y', probabilities]);
        return [await floatsOf(results['y']!), await floatsOf(results[probabilities]!)];
      };
      const [given, told] = await run([1, 1]);
      for (let query = 0; query < queries; query++) {
        for (let column = 0; column < SIZE; column++) {
          const row = (Math.floor(column / HEAD_SIZE) * queries + query) * KEYS;
          let sum = 0;
          for (let key = 0; key < KEYS; key++) sum += told[row + key]! * values[key * SIZE + column]!;
          assert.ok(Math.abs(sum - given[query * SIZE + column]!) < 1e-5, `query ${query}, column ${column}`);
        }
      }
      const [masked, still] = await run([0, 1]);
      assert.deepEqual(still, told, 'the map is what the head would attend to');
      // A number of the head that is masked is zero, of whichever sign.
      for (const [at, value] of masked.entries()) assert.ok(value === (at % SIZE < HEAD_SIZE ? 0 : given[at]!));
      await graph.release();
    });
  }
});
