/** Without Node no models can be added: a browser's extension host has no disk to put them on. See `store/openModelStore.ts`. */
import type { OpenedStore } from './store/openModelStore.ts';

export const openModelStore: (folder: string) => OpenedStore | undefined = () => undefined;
