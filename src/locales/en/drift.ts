import type { Messages } from '../messages.ts';

export const driftReason: Messages['drift']['reason'] = {
  image: 'another image',
  imageVersion: 'image version',
  vmSize: 'VM size',
  extensionMissing: 'extension missing',
  extensionExtra: 'extension not in the model',
  extensionVersion: 'extension version',
  extensionSettings: 'extension settings differ',
  secrets: 'certificates or secrets',
  dataDisks: 'data disks',
  network: 'network',
  osProfile: 'operating system settings',
  application: 'VM application',
  changedByHand: 'changed by hand',
  other: 'other settings',
  unexplained: 'Azure shows no difference',
};

export const advice: Messages['drift']['advice'] = {
  inspect: 'See why, and mend that first',
  monitor: 'First give it health monitoring',
  update: 'Update (may restart, lose temp disks)',
  replace: 'Update (wipes OS disks)',
  disks: 'Update (OS and data disks may be lost)',
  reimage: 'Reimage (wipes OS, keeps data disks)',
  resume: 'Cause mended? Upgrade (may wipe disks)',
  upgrade: 'Upgrade the image (wipes OS disks)',
  approval: 'See what waits, then approve or delay',
  approve: 'Approve the upgrade (wipes OS disks)',
  repair: 'Cause mended? Resume (may replace VMs)',
};

export const unseen: Messages['drift']['unseen'] =
  'That is as far as Azure shows. It hides custom data and passwords, which only a new OS disk brings: if they changed, reimage the instances.';
