/** Which path is used: a function of the setting, the GPU and what was measured. */
import assert from 'node:assert/strict';
import { planEngine, planWithoutGpu, type Calibration, type EnginePlan, type Measured } from '../../src/shared/calibration.ts';
import { calibrate } from '../../webview/calibration.ts';

const GPU = { name: 'acme one', key: 'acme|one' };
const paths = ({ candidates }: EnginePlan): string[] => candidates.map(({ path }) => path);
const measured = (...values: Measured[]): Calibration => ({ key: GPU.key, measured: values });
const FASTER_GPU = measured(
  { path: 'webgpu-dynamic', secondsPerToken: 0.003 },
  { path: 'webgpu', secondsPerToken: 0.0004 },
  { path: 'wasm', secondsPerToken: 0.00117 },
);

describe('plan of the engine', () => {
  it('is what the setting says, with wasm behind it', () => {
    assert.deepEqual(paths(planEngine('wasm', GPU, FASTER_GPU)), ['wasm']);
    assert.deepEqual(paths(planEngine('webgpu', GPU, undefined)), ['webgpu', 'webgpu-dynamic', 'wasm']);
    assert.deepEqual(paths(planEngine('webgpu-dynamic', GPU, undefined)), ['webgpu-dynamic', 'wasm']);
    assert.deepEqual(planEngine('webgpu', GPU, undefined).unmeasured, []);
  });

  it('is wasm where there is no GPU, or none that lasts', () => {
    assert.deepEqual(paths(planEngine('webgpu', undefined, undefined)), ['wasm']);
    assert.deepEqual(planEngine('auto', undefined, FASTER_GPU).unmeasured, []);
    assert.deepEqual(paths(planWithoutGpu()), ['wasm']);
  });

  it('begins on wasm with a GPU that nobody measured, and measures every path', () => {
    for (const calibration of [undefined, { ...FASTER_GPU, key: 'another driver' }]) {
      const plan = planEngine('auto', GPU, calibration);
      assert.deepEqual(paths(plan), ['wasm']);
      assert.deepEqual(plan.unmeasured, ['webgpu', 'webgpu-dynamic', 'wasm']);
    }
  });

  it('takes the fastest first and stops at wasm', () => {
    const plan = planEngine('auto', GPU, FASTER_GPU);
    assert.deepEqual(paths(plan), ['webgpu', 'wasm']);
    assert.deepEqual(plan.unmeasured, []);
    assert.match(plan.candidates[0].reason, /WebGPU 0\.4 ms, wasm 1\.2 ms, WebGPU without a recorded step 3 ms/);
  });

  it('never takes a path that failed, and says why', () => {
    const plan = planEngine(
      'auto',
      GPU,
      measured({ path: 'webgpu', failure: 'It gave other tokens.' }, { path: 'wasm', secondsPerToken: 0.001 }),
    );
    assert.deepEqual(paths(plan), ['wasm']);
    assert.match(plan.candidates[0].reason, /It gave other tokens\./);
  });

  it('ends with wasm even where that was not measured', () => {
    assert.deepEqual(paths(planEngine('auto', GPU, measured({ path: 'webgpu', secondsPerToken: 1 }))), ['webgpu', 'wasm']);
    assert.deepEqual(paths(planEngine('auto', GPU, measured())), ['wasm']);
  });
});

describe('calibration', () => {
  const task = { key: GPU.key, paths: ['webgpu', 'wasm'] as const };

  it('keeps the median of each path, and the failure of one that fails', async () => {
    const measure = (path: string): Promise<readonly number[]> =>
      path === 'wasm' ? Promise.resolve([3, 1, 2]) : Promise.reject(new Error('no adapter'));
    assert.deepEqual(await calibrate({ ...task, measure }, new AbortController().signal), {
      key: GPU.key,
      measured: [
        { path: 'webgpu', failure: 'no adapter' },
        { path: 'wasm', secondsPerToken: 2 },
      ],
    });
  });

  it('ends with its signal, whatever the path says then', async () => {
    const abort = new AbortController();
    const measure = (): Promise<readonly number[]> => {
      abort.abort(new Error('needed'));
      return Promise.reject(new Error('terminated'));
    };
    await assert.rejects(calibrate({ ...task, measure }, abort.signal), /needed/);
  });
});
