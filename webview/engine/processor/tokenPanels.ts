/** Many tokens of the output layer, their rows of the embedding laid out a second time so that their logits are made quickly. */
import type { Address, Kernels } from './kernels.ts';
import type { ProcessorWeights } from './processorWeights.ts';
import type { RoundedStates } from './roundedStates.ts';

/** The kernels score so many tokens at once; webview/kernels/panels.ts has the number too. */
const PANEL_TOKENS = 8;
const BLOCK = 32;

export class TokenPanels {
  /** Tokens with those that fill the last panel, whose logits mean nothing. */
  readonly width: number;
  private readonly panels: Address;
  private readonly units: Address;

  constructor(
    private readonly kernels: Kernels,
    { embedding, embeddingScales }: ProcessorWeights,
    private readonly size: number,
    readonly tokens: Uint16Array,
  ) {
    this.width = Math.ceil(tokens.length / PANEL_TOKENS) * PANEL_TOKENS;
    this.panels = kernels.allocate(this.width * size);
    this.units = kernels.allocateFloats((this.width * size) / BLOCK);
    const listed = new Uint16Array(this.width);
    listed.set(tokens);
    const list = kernels.allocateWith(listed);
    kernels.run.layOutPanels(list, this.width, embedding, embeddingScales, size, this.panels, this.units);
    kernels.free(list);
  }

  /** Logits `[rows, width]` at `to`, `stride` numbers from row to row. */
  score({ rows, integers, scales }: RoundedStates, to: Address, stride: number): void {
    const { kernels, size, panels, units, width } = this;
    kernels.borrow([kernels.run.panelWork(rows, size)], (work) =>
      kernels.run.scorePanels(integers, scales, rows, size, panels, units, width, to, stride, work),
    );
  }

  free(): void {
    this.kernels.free(this.panels);
    this.kernels.free(this.units);
  }
}
