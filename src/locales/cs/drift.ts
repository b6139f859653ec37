import type { Messages } from '../messages.ts';

export const driftReason: Messages['drift']['reason'] = {
  image: 'jiná image',
  imageVersion: 'verze image',
  vmSize: 'velikost virtuálního počítače',
  extensionMissing: 'chybějící rozšíření',
  extensionExtra: 'rozšíření, které v modelu není',
  extensionVersion: 'verze rozšíření',
  extensionSettings: 'odlišné nastavení rozšíření',
  secrets: 'certifikáty nebo tajné kódy',
  dataDisks: 'datové disky',
  network: 'síť',
  osProfile: 'nastavení operačního systému',
  application: 'aplikace virtuálního počítače',
  changedByHand: 'změněno ručně',
  other: 'jiná nastavení',
  unexplained: 'Azure žádný rozdíl neukazuje',
};

export const advice: Messages['drift']['advice'] = {
  inspect: 'Nejprve zjistit a odstranit příčinu',
  monitor: 'Nejprve zapnout sledování stavu',
  update: 'Aktualizace (vypnutí, dočasný disk pryč)',
  replace: 'Aktualizace (smaže disky OS)',
  disks: 'Aktualizace (může smazat disky OS i dat)',
  reimage: 'Přeinstalovat (smaže jen disk OS)',
  resume: 'Po nápravě spustit (může smazat disky)',
  upgrade: 'Upgrade image (smaže disky OS)',
  approval: 'Zjistit, co čeká; schválit či odložit',
  approve: 'Schválit upgrade (smaže disky OS)',
  repair: 'Po nápravě obnovit (může měnit instance)',
};

export const unseen: Messages['drift']['unseen'] =
  'Platí to, pokud to Azure ukazuje. Vlastní data a hesla skrývá a přinese je jen nový systémový disk: pokud se změnily, instance přeinstalujte.';
