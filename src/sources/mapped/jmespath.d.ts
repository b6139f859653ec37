declare module 'jmespath' {
  export function compile(text: string): unknown;
  export function search(body: unknown, text: string): unknown;
}
