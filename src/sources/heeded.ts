import type { RelayEvent } from '../event/event.ts';

/** Somebody has to look at what stands as nobody here knows, however low its sender's level is. People say it themselves. */
export const heeded = (event: RelayEvent): RelayEvent =>
  'word' in event && event.word !== undefined && event.severity === 'info' && event.source !== 'custom'
    ? { ...event, severity: 'warning' }
    : event;
