/** Which model does a task: the most particular choice of the user, and never another one than he chose. */
import assert from 'node:assert/strict';
import type { CatalogModel } from '../../src/models/catalog.ts';
import { chooseModel, purposeKey, purposesOf } from '../../src/models/chooseModel.ts';
import { variantsOf } from '../../src/models/variants.ts';
import type { Language, Task } from '../../src/shared/task.ts';

const model = (id: string, more: Partial<CatalogModel>): { model: CatalogModel } => ({
  model: { id, name: id, tasks: ['translate'], directions: [], files: [], ...more },
});
const MODELS = [
  model('bundled', { tasks: ['translate', 'summarise'], directions: [{ from: 'en', to: 'de' }] }),
  model('into-de', { directions: [{ to: 'de' }] }),
  model('fr-de', { directions: [{ from: 'fr', to: 'de' }] }),
  model('bart', { tasks: ['summarise', 'text2text'] }),
];
const GERMAN: Task = { kind: 'translate', to: 'de' };
const chosen = (defaults: Readonly<Record<string, string>>, task: Task, from?: Language): string =>
  chooseModel(MODELS, defaults, task, from).model.id;

describe('choice of a model', () => {
  it('is the bundled one where nothing is chosen', () => {
    assert.equal(chosen({}, GERMAN), 'bundled');
    assert.equal(chosen({ 'translate:de': 'into-de' }, { kind: 'summarise' }), 'bundled');
  });

  it('is the most particular one', () => {
    const defaults = { translate: 'bundled', 'translate:de': 'into-de', 'translate:fr-de': 'fr-de' };
    assert.equal(chosen(defaults, GERMAN, 'fr'), 'fr-de');
    assert.equal(chosen(defaults, GERMAN, 'es'), 'into-de');
    assert.equal(chosen({ ...defaults, 'translate:en-de': 'into-de' }, GERMAN), 'into-de', 'two pairs leave it open');
    assert.equal(chosen({ 'translate:fr-de': 'fr-de' }, GERMAN), 'fr-de', 'the only pair is meant where the source is left open');
    assert.equal(chosen({ summarise: 'bart' }, { kind: 'summarise' }), 'bart');
  });

  it('is an error that names the model where it is gone or cannot do it', () => {
    assert.throws(() => chosen({ 'translate:de': 'gone' }, GERMAN), /The model gone, which you chose for this, is not there any more/);
    assert.throws(() => chosen({ translate: 'bart' }, GERMAN), /The model bart cannot do this/);
  });

  it('is offered for what the model says that it does', () => {
    assert.deepEqual(purposesOf(MODELS[2]!.model).map(purposeKey), ['translate:fr-de']);
    assert.deepEqual(purposesOf(MODELS[1]!.model).map(purposeKey), ['translate:de']);
    assert.deepEqual(purposesOf(MODELS[3]!.model).map(purposeKey), ['summarise']);
  });
});

describe('variants of a model', () => {
  const files = (bytes: number): { path: string; bytes: number }[] =>
    ['', '_fp16', '_quantized'].flatMap((end) =>
      ['encoder_model', 'decoder_model_merged'].map((name) => ({ path: `onnx/${name}${end}.onnx`, bytes })),
    );

  it('are those that are whole, full precision first where it is not too much', () => {
    assert.deepEqual(
      variantsOf(files(1e6)).map(({ name, bytes }) => [name, bytes]),
      [
        ['fp32', 2e6],
        ['q8', 2e6],
        ['fp16', 2e6],
      ],
    );
    assert.equal(variantsOf(files(1e9))[0]!.name, 'q8');
    assert.deepEqual(variantsOf([{ path: 'onnx/encoder_model.onnx', bytes: 1 }]), []);
  });
});
