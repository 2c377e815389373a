/** How the Hub is asked from here: by the user's endpoint, with his token and VS Code's own way through proxies. Knows no model. */
import * as vscode from 'vscode';
import type { HubAccess } from '../models/store/hubSource.ts';
import { hubEndpoint } from '../settings.ts';
import { t } from '../shared/words.ts';

const KEY = 'saccade.hubToken';
const PATIENCE_SECONDS = 30;

export class HubAccount {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async access(): Promise<HubAccess> {
    return {
      endpoint: hubEndpoint(),
      token: await this.secrets.get(KEY),
      // VS Code replaces the global one, so it is looked up when it is needed.
      fetch: (input, init) => globalThis.fetch(input, init),
      patienceSeconds: PATIENCE_SECONDS,
    };
  }

  /** Asks for the token; an empty one is forgotten. */
  async setToken(): Promise<void> {
    const token = await vscode.window.showInputBox({
      title: t('Saccade: Token for {0}', hubEndpoint()),
      prompt: t('For models that are not shown to everybody. It is kept with your passwords; leave it empty to forget it.'),
      placeHolder: 'hf_…',
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => (value === '' || /^hf_\w+$/.test(value) ? undefined : t('A token begins with “hf_”.')),
    });
    if (token === undefined) return;
    if (token === '') await this.secrets.delete(KEY);
    else await this.secrets.store(KEY, token);
  }
}
