/** The languages of the user interface beside English, as VS Code names them in `l10n/bundle.l10n.*.json` and `package.nls.*.json`. */
export const INTERFACE_LANGUAGES = ['de', 'fr', 'es', 'ja', 'zh-cn', 'pt-br'] as const;
