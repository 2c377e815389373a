/** The settings with their types; a value of the wrong type in settings.json counts as not set. */
import * as vscode from 'vscode';
import type { DeviceChoice } from './shared/engineStatus.ts';
import { isLanguage, type Language } from './shared/task.ts';

const SECTION = 'saccade';
export const DEVICE_SETTING = `${SECTION}.device`;
export const IDLE_SETTING = `${SECTION}.idleMinutes`;

export function targetLanguage(scope?: vscode.ConfigurationScope): Language {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, scope).get('targetLanguage');
  return isLanguage(value) ? value : 'de';
}

/** Written where the user has set it already, else for all of the user's windows. */
export async function setTargetLanguage(language: Language): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const inWorkspace = configuration.inspect('targetLanguage')?.workspaceValue !== undefined;
  await configuration.update(
    'targetLanguage',
    language,
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}

export function deviceChoice(): DeviceChoice {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('device');
  return value === 'webgpu' || value === 'webgpu-dynamic' || value === 'wasm' ? value : 'auto';
}

/** 0 where the original's width is kept. */
export function wrapColumn(scope: vscode.ConfigurationScope): number {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, scope).get('wrapColumn');
  return typeof value === 'number' && value >= 0 ? Math.floor(value) : 0;
}

/** How long the engine may keep its memory while nobody needs it; 0: for ever. */
export function idleMinutes(): number {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('idleMinutes');
  return typeof value === 'number' && value >= 0 ? value : 15;
}

/** Of the search; 1 is greedy decoding. */
export function beams(): number {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('beams');
  return typeof value === 'number' ? Math.min(8, Math.max(1, Math.floor(value))) : 1;
}
