declare module 'jmespath' {
  export function compile(text: string): unknown;
}
