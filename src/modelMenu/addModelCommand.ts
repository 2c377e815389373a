/** Add Model: from the user's choice over his consent to the store, with progress and Cancel. Knows no other menu. */
import * as vscode from 'vscode';
import type { CatalogModel } from '../models/catalog.ts';
import { purposesOf, type Purpose } from '../models/chooseModel.ts';
import type { ModelSource } from '../models/store/modelSource.ts';
import type { StoredModel } from '../models/store/modelStore.ts';
import type { OpenedStore } from '../models/store/openModelStore.ts';
import { filesOf, variantsOf, type WantedFiles } from '../models/variants.ts';
import { SaccadeError, failureOf } from '../shared/failure.ts';
import { LANGUAGES, type OnlyTask } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import { chooseSource, type SourceChoice } from './chooseSource.ts';
import type { HubAccount } from './hubAccount.ts';
import { sizeOf } from './modelSizes.ts';
import { chooseFor } from './modelPurposes.ts';
import { purposeName } from './purposeName.ts';

export interface ModelRooms {
  /** Undefined where there is no disk for models. */
  readonly opened: OpenedStore | undefined;
  readonly account: HubAccount;
}

export async function addModelByUser(rooms: ModelRooms): Promise<void> {
  try {
    const opened = usable(rooms);
    const choice = await chooseSource();
    const source = choice && (await asked(opened, rooms.account, choice));
    const wanted = source && (await chooseForms(source));
    if (!source || !wanted || !(await consent(choice, source, wanted))) return;
    const added = await bring(opened, source, wanted);
    const known = added && (await withTask(opened, added));
    if (known) await offerUse(known.model);
  } catch (error) {
    void vscode.window.showErrorMessage(failureOf(error).message);
  }
}

/** @throws SaccadeError of kind "badInput" where no model may be added */
function usable({ opened }: ModelRooms): OpenedStore {
  if (!opened) throw new SaccadeError('badInput', t('Models can be added where VS Code has a disk, not in a browser alone.'));
  if (vscode.workspace.isTrusted) return opened;
  throw new SaccadeError('badInput', t('No model is added in a workspace that you do not trust.'));
}

async function asked(
  { hubSource, folderSource }: OpenedStore,
  account: HubAccount,
  choice: SourceChoice,
): Promise<ModelSource | undefined> {
  if (choice.kind === 'folder') return folderSource(choice.folder.fsPath);
  const access = await account.access();
  const title = t('Asking {0} about {1}', access.endpoint, choice.id);
  return cancellable(title, (signal) => hubSource(choice.id, access, signal));
}

/** Only what is chosen is fetched. */
async function chooseForms({ id, files }: ModelSource): Promise<WantedFiles | undefined> {
  const variants = variantsOf(files);
  if (variants.length === 0)
    throw new SaccadeError('badModel', t('{0} has no encoder-decoder in ONNX: it needs onnx/encoder_model.onnx and a decoder.', id));
  if (variants.length === 1) return filesOf(variants, files);
  const items = variants.map((variant, index) => ({
    variant,
    label: variant.name,
    description: index === 0 ? t('{0} · recommended', sizeOf(variant.bytes)) : sizeOf(variant.bytes),
    picked: index === 0,
  }));
  const placeHolder = t('How the weights are stored. Of several, the fastest that gives the right answers on this machine is used.');
  const chosen = await vscode.window.showQuickPick(items, { title: id, placeHolder, canPickMany: true });
  if (!chosen || chosen.length === 0) return undefined;
  return filesOf(
    chosen.map(({ variant }) => variant),
    files,
  );
}

/** Nothing is fetched without it. */
async function consent(choice: SourceChoice, { id, licence }: ModelSource, wanted: WantedFiles): Promise<boolean> {
  const size = sizeOf(wanted.bytes);
  const yes = choice.kind === 'hub' ? t('Download') : t('Copy');
  const message =
    choice.kind === 'hub' ? t('Download {0} ({1}), {2}?', id, wanted.name, size) : t('Copy {0} ({1}), {2}?', id, wanted.name, size);
  const detail = licence === undefined ? t('Its licence is not named.') : t('Its licence is {0}.', licence);
  return (await vscode.window.showInformationMessage(message, { modal: true, detail }, yes)) === yes;
}

async function bring({ store, addModel }: OpenedStore, source: ModelSource, wanted: WantedFiles): Promise<StoredModel | undefined> {
  const { id } = source;
  return cancellable(t('Adding {0}', id), async (signal, tell) => {
    const onProgress = (done: number, total: number): void => tell(t('{0} of {1}', sizeOf(done), sizeOf(total)), done / total);
    return addModel(store, source, wanted, { name: id, signal, onProgress });
  });
}

/** Undefined where the user cancelled it. */
async function cancellable<Result>(
  title: string,
  work: (signal: AbortSignal, tell: (message: string, share: number) => void) => Promise<Result>,
): Promise<Result | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    let shown = 0;
    let last = '';
    const tell = (message: string, share: number): void => {
      // Of a file of some hundred megabytes there are ten thousands of parts.
      if (message === last) return;
      progress.report({ message, increment: (share - shown) * 100 });
      [shown, last] = [share, message];
    };
    try {
      return await work(cancel.signal, tell);
    } catch (error) {
      if (!cancel.signal.aborted) throw error;
      void vscode.window.setStatusBarMessage(t('Cancelled; what has come is kept.'), 5000);
      return undefined;
    }
  });
}

/** Where its files do not tell what it does, the user does; what has no command stays as it is. */
async function withTask({ store }: OpenedStore, added: StoredModel): Promise<StoredModel> {
  if (purposesOf(added.model).length > 0) return added;
  const tasks: OnlyTask[] = [...LANGUAGES.map((to) => ({ kind: 'translate' as const, to })), { kind: 'summarise' }];
  const items = [...tasks.map((task) => ({ label: purposeName(task), task })), { label: t('Something else'), task: undefined }];
  const title = t('What does {0} do? Its files do not say.', added.model.id);
  const task = (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.task;
  return task ? store.note(added, task) : added;
}

/** A model is added to be used. */
async function offerUse(model: CatalogModel): Promise<void> {
  const purposes = purposesOf(model);
  if (purposes.length === 0) {
    void vscode.window.showInformationMessage(
      t('{0} is added. What it does has no command: use it on the command line, by --model {0}.', model.id),
    );
    return;
  }
  const into = (purpose: Purpose): Purpose => (purpose.kind === 'translate' ? { kind: 'translate', to: purpose.to } : purpose);
  const wide = [...new Map(purposes.map(into).map((purpose) => [purposeName(purpose), purpose])).values()];
  const use = t('Use It');
  const answer = await vscode.window.showInformationMessage(
    t('{0} is added. Use it for this: {1}?', model.id, wide.map(purposeName).join(', ')),
    use,
    t('Not Now'),
  );
  if (answer === use) await chooseFor(model, wide);
}
