/** The models that are there, the bundled one and those that were added, and which one does what. Knows no Hub and no panel. */
import * as vscode from 'vscode';
import { parseCatalog } from './models/catalog.ts';
import { chooseModel, type ModelDefaults } from './models/chooseModel.ts';
import type { ModelStore } from './models/store/modelStore.ts';
import type { PanelModels, PlacedModel } from './panel/panelView.ts';
import type { Language, Task } from './shared/task.ts';

export interface ModelChoices {
  readonly defaults: () => ModelDefaults;
  readonly targetLanguage: () => Language;
}

export interface InstalledModel extends PlacedModel {
  /** It came with the extension. */
  readonly isBundled: boolean;
}

export class InstalledModels implements PanelModels {
  readonly roots: readonly vscode.Uri[];
  private readonly bundledFolder: vscode.Uri;

  /** @param store undefined where there is no disk for models */
  constructor(
    extensionUri: vscode.Uri,
    private readonly store: ModelStore | undefined,
    private readonly choices: ModelChoices,
  ) {
    this.bundledFolder = vscode.Uri.joinPath(extensionUri, 'models');
    this.roots = [this.bundledFolder, ...(store ? [vscode.Uri.file(store.folder)] : [])];
  }

  /** The bundled ones first. */
  async all(): Promise<readonly InstalledModel[]> {
    const catalog = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.bundledFolder, 'catalog.json'));
    const bundled = parseCatalog(new TextDecoder().decode(catalog)).map((model) => ({
      model,
      folder: vscode.Uri.joinPath(this.bundledFolder, model.id),
      isBundled: true,
    }));
    const added = (await this.store?.models()) ?? [];
    return [...bundled, ...added.map(({ model, folder }) => ({ model, folder: vscode.Uri.file(folder), isBundled: false }))];
  }

  async forTask(task: Task, from: Language | undefined): Promise<PlacedModel> {
    return chooseModel(await this.all(), this.choices.defaults(), task, from);
  }

  /** What most people ask for first. */
  async atStart(): Promise<PlacedModel> {
    const all = await this.all();
    try {
      return chooseModel(all, this.choices.defaults(), { kind: 'translate', to: this.choices.targetLanguage() }, undefined);
    } catch {
      // Whoever asks for it is told.
      return all[0]!;
    }
  }
}
