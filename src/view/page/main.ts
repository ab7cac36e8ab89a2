import type { PageData } from '../page-data.js';
import { watchBrowser } from './browser.js';
import { watchControls } from './controls.js';
import { watchDrawings } from './drawings.js';
import { element } from './elements.js';
import { watchItem } from './item.js';
import { Store } from './store.js';

// The script of a report: everything it shows is in the page already, here it can be stepped through.

const source = element('report-data', HTMLScriptElement);
const data = JSON.parse(source.text) as PageData;
const store = new Store(data, Number(source.dataset['drawn']));
watchItem(store);
watchControls(store);
watchDrawings(store);
watchBrowser(store);
element('unscripted', HTMLElement).hidden = true;
element('explorer', HTMLElement).hidden = false;
element('browser', HTMLElement).hidden = data.items.length === 1;
