/** The status bar item: target language, device really in use, busy. A click shows the status. */
import * as vscode from 'vscode';
import { deviceOf, type EngineInfo, type EnginePath, type EngineStatus } from './shared/engineStatus.ts';
import { languageName, type Language } from './shared/task.ts';
import { t } from './shared/words.ts';

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('saccade.status', vscode.StatusBarAlignment.Right, 50);

  constructor() {
    this.item.name = 'Saccade';
    this.item.command = 'saccade.showStatus';
    this.item.show();
  }

  update(language: Language, status: EngineStatus, busy: boolean): void {
    const device = status.state === 'ready' ? ` · ${deviceName(status.info.path)}` : '';
    const icon = busy || status.state === 'loading' ? '$(sync~spin)' : status.state === 'failed' ? '$(warning)' : '$(globe)';
    this.item.text = `${icon} ${language.toUpperCase()}${device}`;
    this.item.tooltip = [t('Saccade translates into {0}.', languageName(language)), statusSentence(status)].join('\n');
    this.item.accessibilityInformation = { label: `Saccade: ${languageName(language)}. ${statusSentence(status)}`, role: 'button' };
  }

  dispose(): void {
    this.item.dispose();
  }
}

export function deviceName(path: EnginePath): string {
  return deviceOf(path) === 'webgpu' ? 'WebGPU' : 'wasm';
}

export function statusSentence(status: EngineStatus): string {
  switch (status.state) {
    case 'idle':
      return t('The model is loaded when it is first needed.');
    case 'released':
      return status.idleMinutes === 1
        ? t('The engine gave its memory back after a minute without work. It loads again when it is needed.')
        : t('The engine gave its memory back after {0} minutes without work. It loads again when it is needed.', status.idleMinutes);
    case 'loading':
      return `${status.stage} …`;
    case 'failed':
      return status.message;
    case 'ready':
      return [modelSentence(status.info), deviceSentence(status.info), status.info.reason, memorySentence(status.heapBytes)].join(' ');
  }
}

function modelSentence({ modelId, variant }: EngineInfo): string {
  return variant === undefined ? t('Model: {0}.', modelId) : t('Model: {0}.', `${modelId} (${variant})`);
}

function deviceSentence({ path, adapter }: EngineInfo): string {
  return adapter ? t('Running on {0} ({1}).', deviceName(path), adapter) : t('Running on {0}.', deviceName(path));
}

/** "2 workers take 105 MB + 98 MB of memory." */
function memorySentence(heapBytes: readonly number[]): string {
  const sizes = heapBytes.map((bytes) => t('{0} MB', Math.round(bytes / 1e6)));
  return sizes.length === 1
    ? t('One worker takes {0} of memory.', sizes[0]!)
    : t('{0} workers take {1} of memory.', sizes.length, sizes.join(' + '));
}
