/** Which path is used: a function of the setting, the GPU and what was measured. */
import assert from 'node:assert/strict';
import {
  planEngine,
  planWithoutGpu,
  type Calibration,
  type EnginePlan,
  type EngineWay,
  type Machine,
  type Measured,
} from '../../src/shared/calibration.ts';
import { ENGINE_PATHS, type EnginePath } from '../../src/shared/engineStatus.ts';
import { calibrate, type CalibrationTask } from '../../webview/calibration.ts';

const GPU: Machine = { gpu: 'acme one', paths: ['webgpu', 'webgpu-dynamic', 'wasm'], key: 'acme|one' };
const HALF_GPU: Machine = { ...GPU, paths: ENGINE_PATHS };
const NO_STEPS: Machine = { ...GPU, paths: ['webgpu-dynamic', 'wasm'] };
const NO_GPU: Machine = { gpu: undefined, paths: ['wasm'], key: '|one' };
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

  it('has the steps in half precision where GPU and model have them', () => {
    assert.deepEqual(paths(planEngine('webgpu-fp16', HALF_GPU, undefined)), [...ENGINE_PATHS]);
    assert.deepEqual(paths(planEngine('webgpu-fp16', GPU, undefined)), [...GPU.paths]);
    assert.deepEqual(paths(planEngine('webgpu', NO_STEPS, undefined)), [...NO_STEPS.paths]);
    assert.deepEqual(
      planEngine('auto', HALF_GPU, FASTER_GPU).unmeasured.map(({ path }) => path),
      ENGINE_PATHS,
    );
    const half = measured(...FASTER_GPU.measured, { path: 'webgpu-fp16', secondsPerToken: 0.0003 });
    assert.deepEqual(paths(planEngine('auto', HALF_GPU, half)), ['webgpu-fp16', 'webgpu', 'wasm']);
  });

  it('is wasm where there is no GPU, or none that lasts', () => {
    assert.deepEqual(paths(planEngine('webgpu', NO_GPU, undefined)), ['wasm']);
    assert.deepEqual(planEngine('auto', NO_GPU, FASTER_GPU).unmeasured, []);
    assert.deepEqual(paths(planWithoutGpu()), ['wasm']);
  });

  it('begins on wasm with a GPU that nobody measured, and measures every path', () => {
    for (const calibration of [undefined, { ...FASTER_GPU, key: 'another driver' }]) {
      const plan = planEngine('auto', GPU, calibration);
      assert.deepEqual(paths(plan), ['wasm']);
      assert.deepEqual(
        plan.unmeasured.map(({ path }) => path),
        ['webgpu', 'webgpu-dynamic', 'wasm'],
      );
    }
  });

  it('takes the fastest first and stops at wasm', () => {
    const plan = planEngine('auto', GPU, FASTER_GPU);
    assert.deepEqual(paths(plan), ['webgpu', 'wasm']);
    assert.deepEqual(plan.unmeasured, []);
    assert.match(plan.candidates[0].reason, /WebGPU 0\.4 ms, wasm 1\.2 ms, WebGPU without a recorded step 3 ms/);
  });

  it('never takes a way that failed, and says why', () => {
    const plan = planEngine(
      'auto',
      GPU,
      measured(
        { path: 'webgpu', failure: 'It gave other tokens.' },
        { path: 'webgpu-dynamic', secondsPerToken: 0.002 },
        { path: 'wasm', secondsPerToken: 0.001 },
      ),
    );
    assert.deepEqual(paths(plan), ['wasm']);
    assert.match(plan.candidates[0].reason, /It gave other tokens\./);
  });

  it('measures again where not every way was measured', () => {
    const plan = planEngine('auto', GPU, measured({ path: 'wasm', secondsPerToken: 1 }));
    assert.deepEqual(paths(plan), ['wasm']);
    assert.equal(plan.unmeasured.length, 3);
  });
});

describe('plan of the engine for a model in several forms', () => {
  const variants = ['fp32', 'q8', 'fp16'] as const;
  const ways = ({ candidates }: Pick<EnginePlan, 'candidates'>): string[] => candidates.map(({ path, variant }) => `${path} ${variant}`);
  const times = (path: EnginePath, ...seconds: (number | string)[]): Measured[] =>
    variants.map((variant, index) => {
      const time = seconds[index]!;
      return typeof time === 'number' ? { path, variant, secondsPerToken: time } : { path, variant, failure: time };
    });
  const everywhere = measured(
    ...times('webgpu', 3, 'garbage', 'no f16'),
    ...times('webgpu-dynamic', 6, 7, 8),
    ...times('wasm', 4, 2, 'no kernel'),
  );

  it('begins with the most exact one, the others behind it, and measures them all', () => {
    const plan = planEngine('auto', GPU, undefined, variants);
    assert.deepEqual(ways(plan), ['wasm fp32', 'wasm q8', 'wasm fp16']);
    assert.equal(plan.unmeasured.length, 9);
    assert.equal(planEngine('auto', NO_GPU, undefined, variants).unmeasured.length, 3, 'without a GPU there is a choice too');
    assert.equal(planEngine('wasm', GPU, undefined, variants).unmeasured.length, 3);
  });

  it('takes the fastest that was measured, whatever its form', () => {
    assert.deepEqual(ways(planEngine('auto', GPU, everywhere, variants)), ['wasm q8', 'wasm fp32', 'wasm fp16']);
  });

  it('stays on the device that the user chose', () => {
    assert.deepEqual(ways(planEngine('wasm', GPU, everywhere, variants)), ['wasm q8', 'wasm fp32', 'wasm fp16']);
    assert.deepEqual(ways(planEngine('webgpu', GPU, everywhere, variants)).slice(0, 4), [
      'webgpu fp32',
      'webgpu-dynamic fp32',
      'webgpu-dynamic q8',
      'webgpu-dynamic fp16',
    ]);
  });

  it('says of each form what it took, or what is wrong with it', () => {
    const [best] = planEngine('wasm', GPU, everywhere, variants).candidates;
    assert.match(best.reason, /wasm \(q8\) 2000 ms, wasm \(fp32\) 4000 ms\. wasm \(fp16\): no kernel$/);
  });
});

describe('calibration', () => {
  const task = { key: GPU.key, ways: [{ path: 'webgpu' }, { path: 'wasm' }] as const };

  it('keeps the median of each way, and the failure of one that fails', async () => {
    const measure = ({ path }: EngineWay): Promise<readonly number[]> =>
      path === 'wasm' ? Promise.resolve([3, 1, 2]) : Promise.reject(new Error('no adapter'));
    const best = (calibration: Calibration) => planEngine('auto', GPU, calibration).candidates[0];
    const whole: CalibrationTask = { ...task, measure, best };
    const calibration = await calibrate(whole, new AbortController().signal);
    // It is sent to the host, which takes no function.
    assert.deepEqual(structuredClone(calibration), {
      key: GPU.key,
      measured: [
        { path: 'webgpu', failure: 'no adapter' },
        { path: 'wasm', secondsPerToken: 2 },
      ],
      reference: undefined,
    });
  });

  it('ends with its signal, whatever the way says then', async () => {
    const abort = new AbortController();
    const measure = (): Promise<readonly number[]> => {
      abort.abort(new Error('needed'));
      return Promise.reject(new Error('terminated'));
    };
    await assert.rejects(calibrate({ ...task, measure }, abort.signal), /needed/);
  });
});
