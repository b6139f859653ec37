import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { Missing } from '../part.ts';
import { TABLES } from './tables.ts';

/** The part of the language service that is used here. It is C# made into JavaScript, and its declarations do not pass as types. */
interface Service {
  readonly Symbols: {
    readonly TableSymbol: { From(columns: string): { WithName(name: string): unknown } };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly unknown[]) => unknown };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly KustoCode: { ParseAndAnalyze(query: string, globals: unknown): { GetDiagnostics(): Diagnostics } };
}

interface Diagnostics {
  readonly Count: number;
  getItem(index: number): { readonly Code: string; readonly Severity: string; readonly Message: string };
}

/** What is wrong with a query, as the editor of Azure would say. */
export async function diagnose(): Promise<(query: string) => readonly string[]> {
  const { Symbols, GlobalState, KustoCode } = await service();
  const tables = Object.entries(TABLES).map(([name, columns]) =>
    Symbols.TableSymbol.From(`(${columns})`).WithName(name),
  );
  const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('logs', tables));
  return (query) => {
    const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => {
      const { Code, Severity, Message } = found.getItem(index);
      return `${Code} ${Severity}: ${Message}`;
    });
  };
}

async function service(): Promise<Service> {
  let folder: string;
  try {
    folder = dirname(createRequire(import.meta.url).resolve('@kusto/language-service-next'));
  } catch {
    throw new Missing('@kusto/language-service-next is not installed; npm ci');
  }
  // The files are scripts of a page: they find each other in what is global.
  for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
    runInThisContext(await readFile(join(folder, file), 'utf8'), { filename: file });
  }
  return (globalThis as unknown as { readonly Kusto: { readonly Language: Service } }).Kusto.Language;
}
