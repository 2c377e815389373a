/** The module of webview/kernels/, with its memory as typed arrays. Knows no model. */
import { plain, relaxed } from '#kernels';
import { noteHeap } from '../wasmHeaps.ts';

/** In bytes, in the module's memory. */
export type Address = number;

type AddProduct = (x: Address, rows: number, k: number, n: number, weights: Address, scales: Address, c: Address, work: Address) => void;

/** What webview/kernels/ exports; its comments say what each does. Numbers are fp32 where nothing else is said. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly allocate: (bytes: number) => Address;
  readonly free: (address: Address) => void;
  readonly unpackColumns: (stored: Address, bits: number, rows: number, columns: number, to: Address) => void;
  readonly unpackRows: (stored: Address, bits: number, count: number, to: Address) => void;
  readonly productWork: (rows: number, k: number) => number;
  readonly addProduct: AddProduct;
  readonly activeWork: (rows: number, k: number) => number;
  readonly addActiveProduct: AddProduct;
  readonly attendWork: (length: number) => number;
  readonly attend: (
    query: Address,
    keys: Address,
    values: Address,
    length: number,
    heads: number,
    headSize: number,
    to: Address,
    work: Address,
  ) => void;
  readonly roundTo16: (x: Address, size: number, to: Address) => number;
  readonly scoreTokens: (
    x: Address,
    xScale: number,
    size: number,
    tokens: Address,
    count: number,
    embedding: Address,
    scales: Address,
    to: Address,
  ) => void;
  readonly layOutPanels: (
    tokens: Address,
    count: number,
    embedding: Address,
    scales: Address,
    size: number,
    panels: Address,
    units: Address,
  ) => void;
  readonly panelWork: (rows: number, size: number) => number;
  readonly scorePanels: (
    x: Address,
    xScales: Address,
    rows: number,
    size: number,
    panels: Address,
    units: Address,
    count: number,
    to: Address,
    stride: number,
    work: Address,
  ) => void;
  readonly embed: (token: number, embedding: Address, scales: Address, size: number, position: Address, to: Address) => void;
  readonly normalise: (x: Address, rows: number, size: number, weight: Address, bias: Address, to: Address) => void;
  readonly fill: (x: Address, rows: number, size: number, row: Address) => void;
  readonly addToEach: (x: Address, rows: number, size: number, row: Address) => void;
  readonly indexOfLargest: (x: Address, count: number) => number;
  readonly probabilityOf: (best: number, logits: Address, count: number) => number;
}

const PAGE_BYTES = 65536;

export class Kernels {
  private constructor(readonly run: Exports) {}

  /** @param roomBytes what is about to be allocated: memory that grows on its own doubles */
  static async open(roomBytes: number): Promise<Kernels> {
    const [fast, other] = [relaxed, plain].map(bytesOf);
    const module = await WebAssembly.compile(WebAssembly.validate(fast!) ? fast! : other!);
    const abort = (): never => {
      throw new RangeError('The memory for the model is used up.');
    };
    const { exports } = await WebAssembly.instantiate(module, { env: { abort } });
    const run = exports as unknown as Exports;
    noteHeap(run.memory);
    run.memory.grow(Math.ceil(roomBytes / PAGE_BYTES));
    return new Kernels(run);
  }

  /** A view that the next growth of the memory makes useless. */
  floats(address: Address, count: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.run.memory.buffer, address, count);
  }

  /** Room for `count` numbers, until it is given to `free`. */
  allocateFloats(count: number): Address {
    return this.allocate(count * Float32Array.BYTES_PER_ELEMENT);
  }

  /** Room until it is given to `free`. */
  allocate(bytes: number): Address {
    return this.run.allocate(bytes);
  }

  /** Room of its own for what is in an array. */
  allocateWith(content: Float32Array | Uint8Array | Uint16Array): Address {
    const address = this.allocate(content.byteLength);
    const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
    new Uint8Array(this.run.memory.buffer).set(bytes, address);
    return address;
  }

  copy(from: Address, to: Address, bytes: number): void {
    new Uint8Array(this.run.memory.buffer).copyWithin(to, from, from + bytes);
  }

  free(address: Address): void {
    this.run.free(address);
  }

  /** Lends `use` room for so many numbers each. */
  borrow<Result>(counts: readonly number[], use: (...addresses: readonly Address[]) => Result): Result {
    const addresses = counts.map((count) => this.allocateFloats(count));
    try {
      return use(...addresses);
    } finally {
      for (const address of addresses) this.free(address);
    }
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
