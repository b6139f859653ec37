import * as z from 'zod';
import { type LocaleName, locales } from '../locales/registry.ts';

/** One of the languages there are. */
export const localeName = z.enum(Object.keys(locales) as LocaleName[]);
