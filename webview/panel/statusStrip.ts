/** The strip that says what the engine runs on, how far loading is, or why it failed. */
import type { EnginePath, EngineStatus } from '../../src/shared/engineStatus.ts';
import { t } from '../../src/shared/words.ts';
import { byteProgress, byteSum } from './byteCount.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';
import { badge, button } from './toolkit.ts';

const PATH_NAMES: Readonly<Record<EnginePath, string>> = {
  'webgpu-fp16': 'WebGPU',
  webgpu: 'WebGPU',
  'webgpu-dynamic': 'WebGPU',
  wasm: 'wasm',
};

export function statusStrip(status: EngineStatus, showStatus: () => void): HTMLElement {
  switch (status.state) {
    case 'idle':
      return strip(element('p', { class: 'status-line muted' }, t('The model loads with the first run.')));
    case 'released':
      return strip(
        element('p', { class: 'status-line muted' }, t('Idle: the memory was given back. The model loads again when it is needed.')),
      );
    case 'loading':
      return strip(loading(status));
    case 'ready':
      return strip(ready(status, showStatus));
    case 'failed':
      return strip(
        element(
          'div',
          { class: 'notice error', role: 'alert' },
          icon('error'),
          element(
            'div',
            { class: 'notice-body' },
            element('strong', {}, t('The engine could not start')),
            element('p', {}, status.message),
            element(
              'p',
              { class: 'muted' },
              t('Reload the window to try again, or set “saccade.device” to “wasm” to run without the GPU.'),
            ),
            button(t('Show status'), 'secondary', showStatus),
          ),
        ),
      );
  }
}

function strip(content: HTMLElement): HTMLElement {
  return element('section', { class: 'status', 'aria-label': t('Engine') }, content);
}

function loading({ stage, loadedBytes, totalBytes }: Extract<EngineStatus, { state: 'loading' }>): HTMLElement {
  const share = totalBytes > 0 ? Math.min(1, loadedBytes / totalBytes) : undefined;
  const bar = element('div', { class: share === undefined ? 'bar-fill unknown' : 'bar-fill' });
  if (share !== undefined) bar.style.width = `${100 * share}%`;
  const value: Record<string, string> = share === undefined ? {} : { 'aria-valuenow': String(Math.round(100 * share)) };
  const progress = { class: 'bar', role: 'progressbar', 'aria-label': stage, 'aria-valuemin': '0', 'aria-valuemax': '100', ...value };
  return element(
    'div',
    { class: 'loading' },
    element(
      'div',
      { class: 'loading-line' },
      element('span', { class: 'loading-stage' }, stage),
      element('span', { class: 'muted figures' }, byteProgress(loadedBytes, totalBytes)),
    ),
    element('div', progress, bar),
  );
}

function ready({ info, heapBytes }: Extract<EngineStatus, { state: 'ready' }>, showStatus: () => void): HTMLElement {
  const { path, reason, adapter, modelId, loadSeconds } = info;
  const fact = (name: string, value: string): HTMLElement[] => [element('dt', {}, name), element('dd', {}, value)];
  return element(
    'details',
    { class: 'engine' },
    element('summary', { title: reason }, badge(PATH_NAMES[path]), element('span', { class: 'engine-name muted' }, adapter ?? modelId)),
    element(
      'div',
      { class: 'engine-more' },
      element('p', {}, reason),
      element(
        'dl',
        {},
        ...fact(t('Model'), modelId),
        ...(adapter === undefined ? [] : fact('GPU', adapter)),
        ...fact(t('Loaded in'), `${loadSeconds.toFixed(1)} s`),
        ...fact(heapBytes.length === 1 ? t('Worker') : t('Workers'), byteSum(heapBytes)),
      ),
      button(t('Show status'), 'secondary', showStatus),
    ),
  );
}
