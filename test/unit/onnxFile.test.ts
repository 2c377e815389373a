/** Files of other people's are refused with one error that says what is wrong: no crash, no hang, no read outside the folder. */
import assert from 'node:assert/strict';
import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { SaccadeError } from '../../src/shared/failure.ts';
import { readOnnx } from '../../webview/engine/onnxGraph/onnxFile.ts';
import {
  AttributeProto_AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataLocation,
  type GraphProto,
} from '../../webview/engine/onnxGraph/onnx_pb.ts';

type GraphInit = Exclude<MessageInitShape<typeof GraphProtoSchema>, GraphProto>;

const GRAPH: GraphInit = {
  input: [{ name: 'x' }],
  node: [
    { opType: 'Relu', input: ['x'], output: ['y'] },
    { opType: 'Relu', input: ['y'], output: ['z'] },
  ],
  output: [{ name: 'z' }],
};

function file(graph: GraphInit): Uint8Array {
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n, graph: create(GraphProtoSchema, graph) }));
}

function refuse(bytes: Uint8Array, message: RegExp): void {
  assert.throws(
    () => readOnnx('model.onnx', bytes),
    (error) => error instanceof SaccadeError && error.kind === 'badModel' && message.test(error.message) && error.message.length < 300,
  );
}

function nested(depth: number): GraphInit {
  if (depth === 0) return GRAPH;
  const g = create(GraphProtoSchema, nested(depth - 1));
  const node = {
    opType: 'If',
    input: ['x'],
    output: ['z'],
    attribute: [{ name: 'then_branch', type: AttributeProto_AttributeType.GRAPH, g }],
  };
  return { input: [{ name: 'x' }], node: [node], output: [{ name: 'z' }] };
}

function external(location: string): GraphInit {
  const tensor = { name: 'w', dims: [4n], dataType: 1, dataLocation: TensorProto_DataLocation.EXTERNAL };
  return { ...GRAPH, initializer: [{ ...tensor, externalData: [{ key: 'location', value: location }] }] };
}

describe('ONNX files of other people', () => {
  it('are read', () => {
    assert.deepEqual(
      readOnnx('model.onnx', file(GRAPH)).graph.node.map(({ opType }) => opType),
      ['Relu', 'Relu'],
    );
    readOnnx('model.onnx', file(external('model.onnx_data')));
  });

  it('are refused wherever they are cut off, or read as what is left of them', () => {
    const whole = file({ ...GRAPH, initializer: [{ name: 'w', dims: [64n], dataType: 1, rawData: new Uint8Array(256) }] });
    for (let length = 0; length < whole.length - 1; length++) {
      try {
        readOnnx('model.onnx', whole.subarray(0, length));
      } catch (error) {
        assert.ok(error instanceof SaccadeError && error.kind === 'badModel', String(error));
      }
    }
    refuse(whole.subarray(0, whole.length - 1), /damaged/);
  });

  it('are refused where any byte of theirs lies', () => {
    const whole = file(GRAPH);
    for (const [at, value] of [...whole.keys()].flatMap((place) => [0xff, 0x00, 0x80].map((each) => [place, each] as const))) {
      const changed = whole.slice();
      changed[at] = value;
      try {
        readOnnx('model.onnx', changed);
      } catch (error) {
        assert.ok(error instanceof SaccadeError && error.kind === 'badModel', String(error));
      }
    }
  });

  // Field 7 is the graph: its length is said to be 1 GiB, and there are four bytes.
  it('are refused where a length is a gigabyte', () => refuse(Uint8Array.of(0x3a, 0x80, 0x80, 0x80, 0x80, 0x04, 0, 0, 0, 0), /damaged/));

  it('are refused where a value is made of itself', () => {
    const node = [
      { opType: 'Relu', input: ['z'], output: ['y'] },
      { opType: 'Relu', input: ['y'], output: ['z'] },
    ];
    refuse(file({ ...GRAPH, node }), /reads the value "z" before it is made/);
  });

  it('are refused where a value is made twice', () => {
    const twice = { opType: 'Relu', input: ['x'], output: ['y'] };
    refuse(file({ ...GRAPH, node: [twice, twice, { opType: 'Relu', input: ['y'], output: ['z'] }] }), /twice/);
  });

  it('are refused where graphs nest without end', () => refuse(file(nested(12)), /8 deep|damaged/));

  it('are refused where messages nest until the stack is full', () => {
    let inner: Uint8Array = new Uint8Array(0);
    const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
    const parts: number[][] = [];
    let length = 0;
    for (let depth = 0; depth < 30_000; depth++) {
      // A node (field 1) with an attribute (5) with a graph (6), from the inside out.
      for (const tag of [0x32, 0x2a, 0x0a]) {
        const head = [tag, ...varint(length)];
        parts.push(head);
        length += head.length;
      }
    }
    inner = Uint8Array.from([0x3a, ...varint(length), ...parts.reverse().flat()]);
    refuse(inner, /damaged|deep/);
  });

  for (const location of ['../secret', '/etc/passwd', 'C:\\secret', '..\\secret', 'a/b', '.', '..', '', 'https://example.org/x', 'a\0b'])
    it(`are refused where a tensor lies in ${JSON.stringify(location)}`, () => refuse(file(external(location)), /outside of its folder/));
});
