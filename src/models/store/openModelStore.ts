/** The store of models where there is a disk: in Node. `noModelStore.ts` stands in its place where there is none. */
import { addModel } from './addModel.ts';
import { folderSource } from './folderSource.ts';
import { hubSource } from './hubSource.ts';
import { ModelStore } from './modelStore.ts';

export function openModelStore(folder: string): OpenedStore {
  return { store: new ModelStore(folder), hubSource, folderSource, addModel };
}

export interface OpenedStore {
  readonly store: ModelStore;
  readonly hubSource: typeof hubSource;
  readonly folderSource: typeof folderSource;
  readonly addModel: typeof addModel;
}
