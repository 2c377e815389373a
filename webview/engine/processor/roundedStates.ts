/** Decoder states in 16 bits, as the output layer reads them. Knows no tokens. */
import type { Address, Kernels } from './kernels.ts';

export class RoundedStates {
  private constructor(
    private readonly kernels: Kernels,
    private readonly size: number,
    readonly rows: number,
    /** int16 `[rows, size]` */
    readonly integers: Address,
    /** What those of each row are times of: fp32 `[rows]` */
    readonly scales: Address,
  ) {}

  /** Lends `use` the states fp32 `[rows, size]`, rounded. */
  static lend<Result>(kernels: Kernels, states: Address, rows: number, size: number, use: (rounded: RoundedStates) => Result): Result {
    return RoundedStates.lendRoom(kernels, rows, size, (rounded) => {
      const scales = Float32Array.from({ length: rows }, (_, row) =>
        kernels.run.roundTo16(states + row * size * Float32Array.BYTES_PER_ELEMENT, size, rounded.integersOf(row)),
      );
      kernels.floats(rounded.scales, rows).set(scales);
      return use(rounded);
    });
  }

  /** Lends `use` a copy of some of the rows. */
  lendSome<Result>(rows: readonly number[], use: (some: RoundedStates) => Result): Result {
    const { kernels, size } = this;
    return RoundedStates.lendRoom(kernels, rows.length, size, (some) => {
      for (const [index, row] of rows.entries()) kernels.copy(this.integersOf(row), some.integersOf(index), halves(size));
      kernels.floats(some.scales, rows.length).set(rows.map((row) => this.scaleOf(row)));
      return use(some);
    });
  }

  integersOf(row: number): Address {
    return this.integers + halves(row * this.size);
  }

  scaleOf(row: number): number {
    return this.kernels.floats(this.scales, this.rows)[row]!;
  }

  private static lendRoom<Result>(kernels: Kernels, rows: number, size: number, use: (room: RoundedStates) => Result): Result {
    return kernels.borrow([(rows * size) / 2, rows], (integers, scales) => use(new RoundedStates(kernels, size, rows, integers, scales)));
  }
}

function halves(count: number): number {
  return count * Int16Array.BYTES_PER_ELEMENT;
}
