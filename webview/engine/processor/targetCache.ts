/** Keys and values of what one target has read, in every decoder layer; grows as the target does. */
import type { Address, Kernels } from './kernels.ts';
import type { KeyValues } from './stateRows.ts';

const FIRST_POSITIONS = 32;

export class TargetCache {
  private room: Address;
  private positions: number;

  constructor(
    private readonly kernels: Kernels,
    private readonly layers: number,
    private readonly size: number,
    positions = FIRST_POSITIONS,
  ) {
    this.positions = positions;
    this.room = this.allocate(positions);
  }

  /** Where the key and the value of a position of a layer are written. */
  at(layer: number, position: number): { readonly key: Address; readonly value: Address } {
    if (position >= this.positions) this.grow(position);
    const { keys, values } = this.of(layer, 0);
    const offset = position * this.size * Float32Array.BYTES_PER_ELEMENT;
    return { key: keys + offset, value: values + offset };
  }

  /** The first `length` positions of a layer. */
  of(layer: number, length: number): KeyValues {
    return { keys: this.part(2 * layer), values: this.part(2 * layer + 1), length };
  }

  copy(): TargetCache {
    const copy = new TargetCache(this.kernels, this.layers, this.size, this.positions);
    const from = this.kernels.floats(this.room, this.count(this.positions));
    this.kernels.floats(copy.room, from.length).set(from);
    return copy;
  }

  free(): void {
    this.kernels.free(this.room);
  }

  private grow(length: number): void {
    const old = { room: this.room, positions: this.positions };
    const positions = 2 * length;
    this.room = this.allocate(positions);
    for (let part = 0; part < 2 * this.layers; part++) {
      const from = this.kernels.floats(old.room, this.count(old.positions)).subarray(part * old.positions * this.size);
      this.kernels.floats(this.room, this.count(positions)).set(from.subarray(0, old.positions * this.size), part * positions * this.size);
    }
    this.positions = positions;
    this.kernels.free(old.room);
  }

  private part(index: number): Address {
    return this.room + index * this.positions * this.size * Float32Array.BYTES_PER_ELEMENT;
  }

  private count(positions: number): number {
    return 2 * this.layers * positions * this.size;
  }

  private allocate(positions: number): Address {
    return this.kernels.allocateFloats(this.count(positions));
  }
}
