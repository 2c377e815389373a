/** The webview view: its html, its lifetime and the port to its page. Knows no command and no document. */
import * as vscode from 'vscode';
import type { CatalogModel } from '../models/catalog.ts';
import { dispatch, sender, type Send } from '../shared/channel.ts';
import type { Calibration } from '../shared/calibration.ts';
import type { Device, DeviceChoice, EngineStatus } from '../shared/engineStatus.ts';
import type { SavedRun } from '../shared/export/savedRun.ts';
import { SaccadeError, failureOf } from '../shared/failure.ts';
import type { EngineBuild, HostToPage, PageModel, PageToHost, RunOrder } from '../shared/messages.ts';
import type { Language, Task } from '../shared/task.ts';
import { ENGLISH, t } from '../shared/words.ts';
import { EngineRuns, type OnProgress, type Run } from './engineRuns.ts';
import { panelHtml } from './panelHtml.ts';
import { saveFile } from './saveFile.ts';

export const PANEL_VIEW_ID = 'saccade.panel';

/** How long a freshly shown view may take until its script runs. */
const PAGE_START_SECONDS = 60;

/** Settings that the engine is told, read when they are needed. */
export interface EngineSettings {
  readonly deviceChoice: () => DeviceChoice;
  readonly idleMinutes: () => number;
  /** Those of this machine, the newest first. */
  readonly calibrations: () => readonly Calibration[];
  /** The language that texts are written in, where the user has said so. */
  readonly sourceLanguage: () => Language | undefined;
}

/** A model and the folder that its files are in. */
export interface PlacedModel {
  readonly model: CatalogModel;
  readonly folder: vscode.Uri;
}

/** Where the models are, and which one does a task. */
export interface PanelModels {
  /** Folders that the page may read. */
  readonly roots: readonly vscode.Uri[];
  /** @throws SaccadeError where none does it, or the chosen one is gone */
  forTask(task: Task, from: Language | undefined): Promise<PlacedModel>;
  /** What is loaded before anybody has asked for anything. */
  atStart(): Promise<PlacedModel>;
}

export class PanelView implements vscode.WebviewViewProvider, vscode.Disposable {
  private view: vscode.WebviewView | undefined;
  private pageReady = deferred();
  private readonly statusEmitter = new vscode.EventEmitter<EngineStatus>();
  readonly onStatus = this.statusEmitter.event;
  private readonly highlightEmitter = new vscode.EventEmitter<PageToHost['highlight']>();
  /** Of tokens that the user points at. */
  readonly onHighlight = this.highlightEmitter.event;
  private readonly heatEmitter = new vscode.EventEmitter<PageToHost['heat']>();
  /** Of a segment that was restored. */
  readonly onHeat = this.heatEmitter.event;
  private readonly lostEmitter = new vscode.EventEmitter<void>();
  /** The page is gone, and what it showed with it. */
  readonly onLost = this.lostEmitter.event;
  private readonly send: Send<HostToPage> = sender<HostToPage>((message) => void this.view?.webview.postMessage(message));
  private readonly runs = new EngineRuns(this.send);
  private current: EngineStatus = { state: 'idle' };

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly models: PanelModels,
    private readonly settings: EngineSettings,
    private readonly onCommand: (command: PageToHost['command']['command']) => void,
    private readonly onCalibrated: (calibration: Calibration) => void,
  ) {}

  get status(): EngineStatus {
    return this.current;
  }

  get busy(): boolean {
    return this.runs.busy;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [dist, ...this.models.roots] };
    webview.onDidReceiveMessage((message: unknown) => dispatch(this.handlers, message));
    view.onDidDispose(() => this.lose());
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      scriptUrl: this.url(dist, 'page.js'),
      styleUrl: this.url(dist, 'panel.css'),
      translation: vscode.l10n.bundle ? { language: vscode.env.language, words: vscode.l10n.bundle } : ENGLISH,
    });
  }

  /**
   * Starts a run; the first one shows the view, because only a page that was seen once can hold the engine.
   * @throws SaccadeError where the view does not come up, or no model does the task
   */
  async start(order: RunOrder, onProgress: OnProgress): Promise<Run> {
    const from = this.settings.sourceLanguage();
    const model = await this.models.forTask(order.task, from);
    if (!this.view) await this.reveal({ preserveFocus: true });
    await withTimeout(this.pageReady.promise, PAGE_START_SECONDS);
    return this.runs.start({ ...order, from }, this.pageModel(model), onProgress);
  }

  /** @throws SaccadeError where the view does not come up */
  async showSavedRun(name: string, run: SavedRun): Promise<void> {
    await this.reveal({ preserveFocus: true });
    await withTimeout(this.pageReady.promise, PAGE_START_SECONDS);
    this.send('showSavedRun', { name, run });
  }

  async reveal(options: { readonly preserveFocus: boolean }): Promise<void> {
    await vscode.commands.executeCommand(`${PANEL_VIEW_ID}.focus`, options);
  }

  /** Loads the engine again, for example after the device setting changed. */
  async reload(): Promise<void> {
    if (this.view && this.current.state !== 'idle') await this.load();
  }

  /** A panel that nobody sees need not know. */
  tellCursor(cursor: HostToPage['cursor']): void {
    if (this.view?.visible) this.send('cursor', cursor);
  }

  clearHighlight(): void {
    this.send('clearHighlight', {});
  }

  tellIdleMinutes(): void {
    this.send('idleMinutes', { minutes: this.settings.idleMinutes() });
  }

  dispose(): void {
    for (const emitter of [this.statusEmitter, this.highlightEmitter, this.heatEmitter, this.lostEmitter]) emitter.dispose();
  }

  private readonly handlers: Parameters<typeof dispatch<PageToHost>>[0] = {
    ready: () => {
      this.tellIdleMinutes();
      void this.load().then(this.pageReady.resolve, (error: unknown) =>
        this.setStatus({ state: 'failed', message: failureOf(error).message }),
      );
    },
    status: ({ status }) => this.setStatus(status),
    progress: (message) => this.runs.progressed(message),
    results: (message) => this.runs.resulted(message),
    finished: (message) => this.runs.finished(message),
    cancelled: (message) => this.runs.cancelled(message),
    failed: (message) => this.runs.failed(message),
    highlight: (message) => this.highlightEmitter.fire(message),
    heat: (message) => this.heatEmitter.fire(message),
    calibrated: ({ calibration }) => this.onCalibrated(calibration),
    saveFile: (message) => void saveFile(message),
    complaint: ({ message }) => void vscode.window.showErrorMessage(message),
    copy: ({ text }) => void vscode.env.clipboard.writeText(text).then(() => vscode.window.setStatusBarMessage(t('$(check) Copied'), 3000)),
    command: ({ command }) => this.onCommand(command),
  };

  private async load(): Promise<void> {
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    const build = async (device: Device): Promise<EngineBuild> => {
      const [worker, wasm] = [`engine-${device}.js`, `ort-${device}.wasm`];
      const sizes = await Promise.all([worker, wasm].map((name) => vscode.workspace.fs.stat(vscode.Uri.joinPath(dist, name))));
      return {
        workerUrl: this.url(dist, worker),
        wasmUrl: this.url(dist, wasm),
        bytes: sizes.reduce((sum, { size }) => sum + size, 0),
      };
    };
    this.send('load', {
      engines: { webgpu: await build('webgpu'), wasm: await build('wasm') },
      model: this.pageModel(await this.models.atStart()),
      device: this.settings.deviceChoice(),
      calibrations: this.settings.calibrations(),
    });
  }

  private pageModel({ model, folder }: PlacedModel): PageModel {
    return {
      id: model.id,
      onlyTask: model.onlyTask,
      files: model.files.map((file) => ({ ...file, url: this.url(folder, ...file.path.split('/')) })),
    };
  }

  private url(base: vscode.Uri, ...path: string[]): string {
    if (!this.view) throw new SaccadeError('internal', 'The Saccade panel is not open.');
    return this.view.webview.asWebviewUri(vscode.Uri.joinPath(base, ...path)).toString();
  }

  private lose(): void {
    this.view = undefined;
    this.pageReady = deferred();
    this.runs.pageLost();
    this.setStatus({ state: 'idle' });
    this.lostEmitter.fire();
  }

  private setStatus(status: EngineStatus): void {
    this.current = status;
    this.statusEmitter.fire(status);
  }
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

async function withTimeout(work: Promise<void>, seconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new SaccadeError('engineLost', t('The Saccade panel did not start. Open it from the side bar, then run the command again.')),
        ),
      seconds * 1000,
    );
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
