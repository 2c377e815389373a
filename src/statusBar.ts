/** The status bar item: target language, device really in use, busy. A click shows the status. */
import * as vscode from 'vscode';
import { deviceOf, type EnginePath, type EngineStatus } from './shared/engineStatus.ts';
import { LANGUAGE_NAMES, type Language } from './shared/task.ts';

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
    this.item.tooltip = [`Saccade translates into ${LANGUAGE_NAMES[language]}.`, statusSentence(status)].join('\n');
    this.item.accessibilityInformation = { label: `Saccade: ${LANGUAGE_NAMES[language]}. ${statusSentence(status)}`, role: 'button' };
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
      return 'The model is loaded when it is first needed.';
    case 'released':
      return `The engine gave its memory back after ${minutes(status.idleMinutes)} without work. It loads again when it is needed.`;
    case 'loading':
      return `${status.stage} …`;
    case 'failed':
      return status.message;
    case 'ready':
      return `Running on ${deviceName(status.info.path)}${status.info.adapter ? ` (${status.info.adapter})` : ''}. ${status.info.reason} ${memorySentence(status.heapBytes)}`;
  }
}

function minutes(count: number): string {
  return count === 1 ? 'a minute' : `${count} minutes`;
}

/** "2 workers take 105 MB and 98 MB of memory." */
function memorySentence(heapBytes: readonly number[]): string {
  const sizes = heapBytes.map((bytes) => `${Math.round(bytes / 1e6)} MB`);
  return sizes.length === 1 ? `One worker takes ${sizes[0]!} of memory.` : `${sizes.length} workers take ${sizes.join(' and ')} of memory.`;
}
