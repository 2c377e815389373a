/** What the processor does for the model: AssemblyScript, which asc compiles. Addresses are in bytes; knows neither files nor text. */
export { allocate, free } from './memory';
export { unpackColumns, unpackRows } from './blocks';
export { addProduct, productWork } from './product';
export { activeWork, addActiveProduct } from './activeProduct';
export { attend, attendWork } from './attention';
export { roundTo16, scoreTokens } from './scores';
export { layOutPanels, panelWork, scorePanels } from './panels';
export { addToEach, embed, fill, normalise } from './rows';
export { indexOfLargest, probabilityOf } from './choice';
