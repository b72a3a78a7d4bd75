export { type CraftedMember, craftZip } from './craft-zip.js';
export { packXlsx, type SheetToPack, type WorkbookToPack } from './pack-xlsx.js';
export { packZip } from './pack-zip.js';
